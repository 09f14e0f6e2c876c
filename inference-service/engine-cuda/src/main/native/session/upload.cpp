#include "session/upload.h"

#include <algorithm>
#include <cstring>

namespace chasqui::cuda {

namespace {
constexpr size_t kLaneBytes = size_t{16} << 20;
}

Upload::~Upload() {
  for (Lane& lane : lanes_) {
    if (lane.busy) synchronize(lane.done);
    if (lane.done != nullptr) dropEvent(lane.done);
  }
}

/// A lane whose last copy is over.
Upload::Lane& Upload::nextLane(size_t bytes) {
  Lane& lane = lanes_[next_];
  next_ = 1 - next_;
  if (lane.done == nullptr) require(makeEvent(&lane.done, false), "an event cannot be made");
  if (lane.busy) require(synchronize(lane.done), "weights cannot be copied");
  lane.busy = false;
  lane.host.grow(std::max(bytes, kLaneBytes));
  lane.device.grow(std::max(bytes, kLaneBytes));
  return lane;
}

void Upload::fill(const Matrix& matrix, int firstRow, int rows, const unsigned char* bytes) {
  const size_t rowBytes = storedRowBytes(matrix.stored, matrix.columns);
  const int most = std::max(1, static_cast<int>(std::min<size_t>(kLaneBytes / rowBytes, 1 << 30)));
  for (int row = 0; row < rows; row += most) {
    const int count = std::min(most, rows - row);
    const size_t piece = rowBytes * static_cast<size_t>(count);
    Lane& lane = nextLane(piece);
    std::memcpy(lane.host.get(), bytes + rowBytes * static_cast<size_t>(row), piece);
    require(copy(lane.device.get(), lane.host.get(), piece, stream_), "weights cannot be copied");
    require(pack(matrix, firstRow + row, count, lane.device.get(), stream_), "weights cannot be packed");
    require(record(lane.done, stream_), "weights cannot be copied");
    lane.busy = true;
  }
}

void Upload::copyTo(void* device, const void* host, size_t bytes) {
  for (size_t at = 0; at < bytes; at += kLaneBytes) {
    const size_t piece = std::min(kLaneBytes, bytes - at);
    Lane& lane = nextLane(piece);
    std::memcpy(lane.host.get(), static_cast<const char*>(host) + at, piece);
    require(copy(static_cast<char*>(device) + at, lane.host.get(), piece, stream_), "weights cannot be copied");
    require(record(lane.done, stream_), "weights cannot be copied");
    lane.busy = true;
  }
}

void Upload::finish() {
  require(synchronize(stream_), "weights cannot be copied");
  for (Lane& lane : lanes_) {
    lane.busy = false;
    lane.host = PinnedMemory();
    lane.device = DeviceMemory();
  }
}

}  // namespace chasqui::cuda
