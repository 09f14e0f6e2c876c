// What tests say to the emulated device.
#pragma once

#include <cstddef>

#include "device/runtime.h"

namespace chasqui::cuda::emulated {

/// In which order the warps of a block and the lanes of a warp run between their meetings. A result
/// that depends on it comes from a race.
enum class Order { kForward, kBackward };
void setOrder(Order order);

/// How much memory the device says it has; allocations beyond fail.
void setMemoryBytes(size_t bytes);
/// How much shared memory a block may ask for; at first what an H200 allows.
void setSharedBytes(size_t bytes);
/// Bytes that are allocated now.
size_t allocatedBytes();
/// Kernels run since the start of the process, those of graphs included.
long launches();

/// After so many more kernels, a launch fails with an error; a sticky one (isSticky) then answers every
/// later call. 0 for the error mends the device.
void failAfter(long launches, Error error);

/// Makes a fault at a bad address say which kernel was running. Not beside a JVM, which has a handler
/// of its own.
void reportFaults();

}  // namespace chasqui::cuda::emulated
