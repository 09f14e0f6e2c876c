// What the device refuses, as C++ exceptions.
#pragma once

#include <stdexcept>
#include <string>

#include "device/runtime.h"

namespace chasqui::cuda {

/// The device did not do what it was told.
class DeviceFailure : public std::runtime_error {
 public:
  DeviceFailure(Error error, const std::string& what)
      : std::runtime_error(what + ": " + errorName(error) + " (" + errorText(error) + ")"), error_(error) {}

  Error error() const { return error_; }

 private:
  Error error_;
};

inline void require(Error error, const char* what) {
  if (error != kOk) throw DeviceFailure(error, what);
}

}  // namespace chasqui::cuda
