// Choosing tokens on the device: dev.chasqui.engine.sample.Sampler, a block for each row.
//
// Candidates are never sorted. Top-k and top-p look for the weight of the last one kept, bit by bit of the
// float's order: a float32 of positive or negative value becomes a 32-bit key that is greater when the
// value is. Weights are e^(logit / temperature - greatest), the greatest being 1.
#include "kernels/values.h"

namespace chasqui::cuda {

using namespace device;

namespace {

constexpr int kThreads = 512;

__device__ __forceinline__ uint32_t keyOf(float v) {
  const uint32_t bits = __float_as_uint(v == 0.0f ? 0.0f : v);  // -0 equals 0
  return bits & 0x80000000u ? ~bits : bits | 0x80000000u;
}
__device__ __forceinline__ float ofKey(uint32_t key) { return __uint_as_float(key & 0x80000000u ? key ^ 0x80000000u : ~key); }

/// What threads of a block add up, in the same order for each of them.
__device__ __forceinline__ double blockSumOf(double v, double* scratch) {
#pragma unroll
  for (int o = kWarp / 2; o > 0; o >>= 1) v += __shfl_xor_sync(kAllLanes, v, o);
  __syncthreads();  // all are done with the last sum
  if (threadIdx.x % kWarp == 0) scratch[threadIdx.x / kWarp] = v;
  __syncthreads();
  double sum = 0;
#pragma unroll
  for (int w = 0; w < kThreads / kWarp; w++) sum += scratch[w];
  return sum;
}

struct Best {
  float value;
  int id;  // -1: none yet; -2: a NaN was seen
};

__device__ __forceinline__ Best better(const Best& a, const Best& b) {
  if (a.id == -2 || b.id == -2) return {0.0f, -2};
  if (a.id == -1) return b;
  if (b.id == -1) return a;
  return b.value > a.value || (b.value == a.value && b.id < a.id) ? b : a;
}

/// The greatest logit and its smallest id, for all threads; id -2 if the model failed.
__device__ __forceinline__ Best greatest(const float* logits, int count, Best* scratch) {
  Best best{0.0f, -1};
  for (int id = static_cast<int>(threadIdx.x); id < count; id += kThreads) {
    const float v = logits[id];
    best = better(best, Best{v, v != v ? -2 : id});
  }
  __syncthreads();
  scratch[threadIdx.x] = best;
  __syncthreads();
  for (int width = kThreads / 2; width > 0; width /= 2) {
    if (static_cast<int>(threadIdx.x) < width) scratch[threadIdx.x] = better(scratch[threadIdx.x], scratch[threadIdx.x + width]);
    __syncthreads();
  }
  best = scratch[0];
  if (best.id >= 0 && (best.value == INFINITY || best.value == -INFINITY)) best.id = -2;
  return best;
}

__global__ void __launch_bounds__(kThreads) greedyRows(Greedy op) {
  afterPrevious();
  const Best best = greatest(op.logits + static_cast<long>(blockIdx.x) * op.stride, op.vocabulary, reinterpret_cast<Best*>(sharedMemory()));
  if (threadIdx.x == 0) op.tokenIds[blockIdx.x] = best.id < 0 ? kNoToken : best.id;
}

/// Scratch of a row: sums of threads.
struct Scratch {
  double* sums;
};

/// What a token weighs if it is a candidate.
struct Row {
  const float* logits;
  int vocabulary;
  float temperature;
  float top;        // greatest logit / temperature
  uint32_t least;   // key of the least logit that is a candidate
};

__device__ __forceinline__ double weightOf(const Row& row, float logit) {
  return exp(static_cast<double>(logit / row.temperature) - static_cast<double>(row.top));
}

/// Counts, or adds the weights of, candidates whose key is at least `key`.
template <bool kWeights>
__device__ __forceinline__ double above(const Row& row, uint32_t key, const Scratch& scratch) {
  double sum = 0;
  for (int id = static_cast<int>(threadIdx.x); id < row.vocabulary; id += kThreads) {
    const float v = row.logits[id];
    const uint32_t own = keyOf(v);
    if (own >= key && own >= row.least) sum += kWeights ? weightOf(row, v) : 1.0;
  }
  return blockSumOf(sum, scratch.sums);
}

/// The greatest key at or above which the sum reaches the goal (or goes beyond it): 32 halvings of the keys.
template <bool kWeights>
__device__ __forceinline__ uint32_t keyReaching(const Row& row, double goal, bool beyond, const Scratch& scratch) {
  uint32_t key = 0;
  for (int bit = 31; bit >= 0; bit--) {
    const uint32_t higher = key | 1u << bit;
    const double sum = above<kWeights>(row, higher, scratch);
    if (beyond ? sum > goal : sum >= goal) key = higher;
  }
  return key;
}

/// Top-p. Tokens of equal weight enter in the order of their ids: of those that tie with the last one
/// kept, ids up to `lastId` are kept.
struct TopP {
  uint32_t key;
  int lastId;
};

__device__ __forceinline__ TopP topP(const Row& row, const Draw& draw, const Scratch& scratch) {
  if (draw.topP >= 1.0f) return {row.least, row.vocabulary};
  const double total = above<true>(row, 0, scratch);
  const double goal = fmax(static_cast<double>(draw.topP) * total, 1e-300);  // at least the most probable one
  // Hugging Face: as many as bring the sum to the goal. Meta: the last one before which the sum is not above it.
  const uint32_t key = keyReaching<true>(row, goal, draw.metaTopP != 0, scratch);
  const double before = key == 0xffffffffu ? 0.0 : above<true>(row, key + 1, scratch);
  const double each = weightOf(row, ofKey(key));
  // how many of the equal ones are needed
  long needed = 0;
  double sum = before;
  const auto reached = [&] { return draw.metaTopP != 0 ? sum > goal : sum >= goal; };
  const double equal = above<false>(row, key, scratch) - (key == 0xffffffffu ? 0.0 : above<false>(row, key + 1, scratch));
  while (needed < static_cast<long>(equal) && !reached()) {
    sum += each;
    needed++;
  }
  if (needed < 1) needed = 1;  // the most probable one is always kept
  // the id of the last needed one: a binary search over ids
  int low = 0, high = row.vocabulary - 1;
  while (low < high) {
    const int middle = (low + high) / 2;
    double count = 0;
    for (int id = static_cast<int>(threadIdx.x); id <= middle; id += kThreads) count += keyOf(row.logits[id]) == key ? 1.0 : 0.0;
    if (blockSumOf(count, scratch.sums) >= static_cast<double>(needed)) {
      high = middle;
    } else {
      low = middle + 1;
    }
  }
  return {key, low};
}

/// The token at a point of the cumulated weights, in the order of ids. Threads hold runs of ids.
__device__ __forceinline__ int drawn(const Row& row, const TopP& kept, double least, double random, const Scratch& scratch) {
  const auto weight = [&](int id) {
    const uint32_t key = keyOf(row.logits[id]);
    if (key < row.least || key < kept.key || (key == kept.key && id > kept.lastId)) return 0.0;
    const double w = weightOf(row, row.logits[id]);
    return w >= least ? w : 0.0;
  };
  const int run = (row.vocabulary + kThreads - 1) / kThreads;
  const int first = min(static_cast<int>(threadIdx.x) * run, row.vocabulary), end = min(first + run, row.vocabulary);
  double own = 0;
  for (int id = first; id < end; id++) own += weight(id);
  __syncthreads();
  scratch.sums[threadIdx.x] = own;
  __syncthreads();
  auto* answer = reinterpret_cast<int*>(scratch.sums + kThreads);
  if (threadIdx.x == 0) {
    double total = 0;
    for (int i = 0; i < kThreads; i++) total += scratch.sums[i];
    double left = random * total;
    // the run in which the point lies, or the last one with any weight
    int chosen = 0;
    double within = 0;
    for (int i = 0; i < kThreads; i++) {
      if (scratch.sums[i] == 0) continue;
      chosen = i;
      within = left;
      left -= scratch.sums[i];
      if (left < 0) break;
    }
    int token = kNoToken;
    for (int id = min(chosen * run, row.vocabulary); id < min(chosen * run + run, row.vocabulary); id++) {
      const double w = weight(id);
      if (w == 0) continue;
      token = id;
      within -= w;
      if (within < 0) break;
    }
    *answer = token;
  }
  __syncthreads();
  return *answer;
}

__device__ __forceinline__ void change(float* logits, const Sample& op, const Draw& draw) {
  for (int i = static_cast<int>(threadIdx.x); i < draw.changeCount; i += kThreads) {
    const LogitChange& change = op.changes[draw.firstChange + i];
    float v = logits[change.tokenId] + change.bias;
    if (change.repetition != 0) v = v < 0 ? v * change.repetition : v / change.repetition;
    logits[change.tokenId] = v - change.minus;
  }
  __syncthreads();
  if (draw.mask >= 0) {
    const uint32_t* mask = op.masks + static_cast<long>(draw.mask) * op.maskWords;
    for (int id = static_cast<int>(threadIdx.x); id < op.vocabulary; id += kThreads) {
      const bool allowed = id / 32 < op.maskWords && (mask[id / 32] >> id % 32 & 1) != 0;
      if (!allowed) logits[id] = -INFINITY;
    }
  }
  __syncthreads();
}

__global__ void __launch_bounds__(kThreads) sampleRows(Sample op) {
  afterPrevious();
  const Scratch scratch{reinterpret_cast<double*>(sharedMemory())};  // [kThreads], and an int behind
  const Draw draw = op.draws[blockIdx.x];
  float* logits = op.logits + static_cast<long>(blockIdx.x) * op.stride;
  change(logits, op, draw);
  const Best best = greatest(logits, op.vocabulary, reinterpret_cast<Best*>(scratch.sums));
  int token = best.id < 0 ? kNoToken : best.id;
  if (token != kNoToken && draw.temperature != 0) {
    Row row{logits, op.vocabulary, draw.temperature, best.value / draw.temperature, 0};
    if (draw.topK > 0 && draw.topK < op.vocabulary) row.least = keyReaching<false>(row, draw.topK, false, scratch);
    const TopP kept = topP(row, draw, scratch);
    token = drawn(row, kept, static_cast<double>(draw.minP), draw.random, scratch);
  }
  if (threadIdx.x == 0) op.tokenIds[blockIdx.x] = token;
}

}  // namespace

Error greedy(const Greedy& op, Stream stream) {
  if (op.rows < 0 || op.vocabulary < 1) return kInvalidValue;
  if (op.rows == 0) return kOk;
  return launchKernel(greedyRows, dim3(static_cast<unsigned>(op.rows)), kThreads, kThreads * sizeof(Best), stream, op);
}

Error sample(const Sample& op, Stream stream) {
  if (op.rows < 0 || op.vocabulary < 1) return kInvalidValue;
  if (op.rows == 0) return kOk;
  return launchKernel(sampleRows, dim3(static_cast<unsigned>(op.rows)), kThreads, (kThreads + 1) * sizeof(double), stream, op);
}

}  // namespace chasqui::cuda
