// runtime.h over cudart.
#include "device/runtime.h"

#include <cuda_runtime.h>

#include <cstdio>
#include <unordered_map>

#include "device/device.h"

namespace chasqui::cuda {

bool device::waitsForPrevious(const void* kernel) {
  // asked once for each kernel and thread: a thread keeps to its device
  thread_local std::unordered_map<const void*, bool> known;
  const auto found = known.find(kernel);
  if (found != known.end()) return found->second;
  cudaFuncAttributes attributes{};
  const bool waits = cudaFuncGetAttributes(&attributes, kernel) == cudaSuccess && attributes.ptxVersion >= 90;
  known.emplace(kernel, waits);
  return waits;
}

const char* errorName(Error error) { return cudaGetErrorName(static_cast<cudaError_t>(error)); }
const char* errorText(Error error) { return cudaGetErrorString(static_cast<cudaError_t>(error)); }

bool isSticky(Error error) {
  switch (error) {
    case cudaErrorECCUncorrectable:
    case cudaErrorNvlinkUncorrectable:
    case cudaErrorHardwareStackError:
    case cudaErrorIllegalInstruction:
    case cudaErrorMisalignedAddress:
    case cudaErrorInvalidAddressSpace:
    case cudaErrorInvalidPc:
    case cudaErrorIllegalAddress:
    case cudaErrorLaunchTimeout:
    case cudaErrorLaunchFailure:
    case cudaErrorAssert:
    case cudaErrorExternalDevice:
    case cudaErrorContextIsDestroyed:
    case cudaErrorMpsConnectionFailed:
    case cudaErrorMpsServerNotReady:
    case cudaErrorSystemNotReady:
    case cudaErrorDevicesUnavailable:
      return true;
    default:
      return false;
  }
}

Error runtimeVersion(int* version) { return cudaRuntimeGetVersion(version); }
Error driverVersion(int* version) { return cudaDriverGetVersion(version); }
Error deviceCount(int* count) { return cudaGetDeviceCount(count); }

Error describe(int device, Device* out) {
  cudaDeviceProp properties{};
  const cudaError_t error = cudaGetDeviceProperties(&properties, device);
  if (error != cudaSuccess) return error;
  char bus[32] = "";
  cudaDeviceGetPCIBusId(bus, sizeof bus, device);
  const auto* id = reinterpret_cast<const unsigned char*>(properties.uuid.bytes);
  char uuid[48];
  std::snprintf(uuid, sizeof uuid,
                "GPU-%02x%02x%02x%02x-%02x%02x-%02x%02x-%02x%02x-%02x%02x%02x%02x%02x%02x", id[0], id[1],
                id[2], id[3], id[4], id[5], id[6], id[7], id[8], id[9], id[10], id[11], id[12], id[13],
                id[14], id[15]);
  *out = Device{properties.name,
                uuid,
                bus,
                properties.major,
                properties.minor,
                properties.multiProcessorCount,
                properties.totalGlobalMem,
                static_cast<size_t>(properties.l2CacheSize),
                static_cast<int>(properties.sharedMemPerBlockOptin)};
  return kOk;
}

Error useDevice(int device) { return cudaSetDevice(device); }
Error freeMemory(size_t* freeBytes, size_t* totalBytes) { return cudaMemGetInfo(freeBytes, totalBytes); }
Error synchronizeDevice() { return cudaDeviceSynchronize(); }
Error lastError() { return cudaGetLastError(); }

Error allocate(void** out, size_t bytes) { return cudaMalloc(out, bytes); }
Error release(void* memory) { return cudaFree(memory); }
Error allocatePinned(void** out, size_t bytes) {
  return cudaHostAlloc(out, bytes, cudaHostAllocPortable);
}
Error releasePinned(void* memory) { return cudaFreeHost(memory); }

Error copy(void* to, const void* from, size_t bytes, Stream stream) {
  return cudaMemcpyAsync(to, from, bytes, cudaMemcpyDefault, stream);
}
Error fill(void* to, int byte, size_t bytes, Stream stream) {
  return cudaMemsetAsync(to, byte, bytes, stream);
}

Error makeStream(Stream* out) { return cudaStreamCreateWithFlags(out, cudaStreamNonBlocking); }
Error dropStream(Stream stream) { return cudaStreamDestroy(stream); }
Error synchronize(Stream stream) { return cudaStreamSynchronize(stream); }

Error makeEvent(Event* out, bool timed) {
  return cudaEventCreateWithFlags(out, timed ? cudaEventDefault : cudaEventDisableTiming);
}
Error dropEvent(Event event) { return cudaEventDestroy(event); }
Error record(Event event, Stream stream) { return cudaEventRecord(event, stream); }
Error wait(Stream stream, Event event) { return cudaStreamWaitEvent(stream, event, 0); }
Error synchronize(Event event) { return cudaEventSynchronize(event); }
Error milliseconds(float* out, Event from, Event to) { return cudaEventElapsedTime(out, from, to); }

Error beginCapture(Stream stream) {
  // relaxed: a kernel that was never launched is loaded on the way
  return cudaStreamBeginCapture(stream, cudaStreamCaptureModeRelaxed);
}
Error endCapture(Stream stream, Graph* out) {
  cudaGraph_t graph = nullptr;
  cudaError_t error = cudaStreamEndCapture(stream, &graph);
  if (error != cudaSuccess) return error;
  error = cudaGraphInstantiate(out, graph, 0);
  cudaGraphDestroy(graph);
  return error;
}
Error launch(Graph graph, Stream stream) { return cudaGraphLaunch(graph, stream); }
Error dropGraph(Graph graph) { return cudaGraphExecDestroy(graph); }

}  // namespace chasqui::cuda
