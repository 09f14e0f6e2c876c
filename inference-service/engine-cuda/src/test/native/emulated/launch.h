// Between the runtime and the block of the emulated device.
#pragma once

#include <functional>

#include "emulated/cuda_words.h"

namespace chasqui::cuda::emulated {

constexpr int kWarpLanes = 32;
/// What a block of an H200 may ask for, with opt-in.
constexpr size_t kMostSharedBytes = 227 * 1024;
constexpr size_t kCanaryBytes = 256;

void runGrid(const char* kernel, dim3 grid, int threads, size_t sharedBytes,
             const std::function<void()>& body);
/// Null where none runs.
const char* runningKernel();

}  // namespace chasqui::cuda::emulated
