// Brings matrices from the host's memory, usually a mapped file, into the device's.
#pragma once

#include "kernels/kernels.h"
#include "session/memory.h"

namespace chasqui::cuda {

/// Two pinned buffers and two of the device, so that one is filled while the other is on its way.
/// Belongs to one thread at a time.
class Upload {
 public:
  explicit Upload(Stream stream) : stream_(stream) {}
  ~Upload();
  Upload(const Upload&) = delete;
  Upload& operator=(const Upload&) = delete;

  /// Packs rows [firstRow, firstRow + rows). `bytes` may be let go when it returns.
  void fill(const Matrix& matrix, int firstRow, int rows, const unsigned char* bytes);
  /// Copies plain bytes.
  void copyTo(void* device, const void* host, size_t bytes);
  /// Waits for all copies and frees the buffers.
  void finish();

 private:
  struct Lane {
    PinnedMemory host;
    DeviceMemory device;
    Event done = nullptr;
    bool busy = false;
  };

  Lane& nextLane(size_t bytes);

  Stream stream_;
  Lane lanes_[2];
  int next_ = 0;
};

}  // namespace chasqui::cuda
