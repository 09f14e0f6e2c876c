// Device and pinned memory with an owner. Growing loses what was there.
#pragma once

#include <cstddef>
#include <utility>

#include "session/failure.h"

namespace chasqui::cuda {

/// `Take` and `Give` are the runtime's functions for one kind of memory.
template <Error (*Take)(void**, size_t), Error (*Give)(void*)>
class OwnedMemory {
 public:
  OwnedMemory() = default;
  explicit OwnedMemory(size_t bytes) { grow(bytes); }
  OwnedMemory(OwnedMemory&& other) noexcept
      : memory_(std::exchange(other.memory_, nullptr)), bytes_(std::exchange(other.bytes_, 0)) {}
  OwnedMemory& operator=(OwnedMemory&& other) noexcept {
    std::swap(memory_, other.memory_);
    std::swap(bytes_, other.bytes_);
    return *this;
  }
  ~OwnedMemory() { drop(); }

  void* get() const { return memory_; }
  template <class T>
  T* as() const {
    return static_cast<T*>(memory_);
  }
  size_t bytes() const { return bytes_; }

  /// True if it is other memory now. Nothing may be using it.
  bool grow(size_t bytes) {
    if (bytes <= bytes_) return false;
    drop();
    require(Take(&memory_, bytes), "memory cannot be had");
    bytes_ = bytes;
    return true;
  }

 private:
  void drop() {
    if (memory_ != nullptr) Give(memory_);
    memory_ = nullptr;
    bytes_ = 0;
  }

  void* memory_ = nullptr;
  size_t bytes_ = 0;
};

using DeviceMemory = OwnedMemory<allocate, release>;
using PinnedMemory = OwnedMemory<allocatePinned, releasePinned>;

}  // namespace chasqui::cuda
