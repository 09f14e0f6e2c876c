// The little of the CUDA runtime that a session needs, as plain C++. Two bodies: runtime.cu over
// cudart, and the emulated device of the tests (src/test/native), where everything runs at once on
// the calling thread and a captured graph is a list of recorded calls.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

struct CUstream_st;
struct CUevent_st;
struct CUgraphExec_st;

namespace chasqui::cuda {

/// Null is the default stream; capture needs one that was made.
using Stream = CUstream_st*;
using Event = CUevent_st*;
/// A captured graph that can be launched again and again.
using Graph = CUgraphExec_st*;

/// A cudaError_t: 0 is success. Asynchronous errors come from a later call than the one at fault.
using Error = int;
constexpr Error kOk = 0;
constexpr Error kInvalidValue = 1;
constexpr Error kOutOfMemory = 2;

/// For example "cudaErrorMemoryAllocation".
const char* errorName(Error error);
const char* errorText(Error error);
/// Whether the context is lost for good (an Xid, an illegal access, an assertion in a kernel): every
/// later call fails, too, and the process must open the device anew, or end.
bool isSticky(Error error);

struct Device {
  std::string name;
  std::string uuid;  // GPU-... or MIG-..., as nvidia-smi writes it
  std::string pciBusId;
  int major;
  int minor;
  int multiprocessors;
  size_t memoryBytes;
  size_t cacheBytes;          // L2
  int sharedBytesPerBlock;    // with opt-in
};

/// As 13000 for 13.0; the driver's is 0 where there is none.
Error runtimeVersion(int* version);
Error driverVersion(int* version);
Error deviceCount(int* count);
Error describe(int device, Device* out);
/// Binds the calling thread.
Error useDevice(int device);
Error freeMemory(size_t* freeBytes, size_t* totalBytes);
Error synchronizeDevice();
/// The last error of a launch, and forgets it.
Error lastError();

/// Device memory, 256-byte aligned. Allocated and freed outside captures.
Error allocate(void** out, size_t bytes);
Error release(void* memory);
/// Page-locked memory of the host.
Error allocatePinned(void** out, size_t bytes);
Error releasePinned(void* memory);

/// In any direction; which, is told from the addresses. With memory that is not page-locked, the host
/// part is read or written before it returns or at an unknown time: take pinned memory, and do not
/// touch it before an event behind the copy.
Error copy(void* to, const void* from, size_t bytes, Stream stream);
Error fill(void* to, int byte, size_t bytes, Stream stream);

Error makeStream(Stream* out);
Error dropStream(Stream stream);
Error synchronize(Stream stream);

/// With `timed`, pairs can be subtracted.
Error makeEvent(Event* out, bool timed);
Error dropEvent(Event event);
Error record(Event event, Stream stream);
Error wait(Stream stream, Event event);
Error synchronize(Event event);
Error milliseconds(float* out, Event from, Event to);

/// Between these two, what is put on the stream is recorded and does not run. Kernels see the
/// pointers and numbers of the recording in every launch: what changes from step to step lies in
/// device memory.
Error beginCapture(Stream stream);
Error endCapture(Stream stream, Graph* out);
Error launch(Graph graph, Stream stream);
Error dropGraph(Graph graph);

}  // namespace chasqui::cuda
