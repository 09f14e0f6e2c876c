// Tests of kernels on the emulated device: registered by name, run in both orders of threads.
#pragma once

#include <cmath>
#include <cstdint>
#include <cstdio>
#include <functional>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "device/device.h"
#include "emulated/device.h"
#include "kernels/kernels.h"

namespace chasqui::cuda::test {

using Numbers = std::vector<double>;

struct Registered {
  Registered(const char* name, void (*run)());
};
#define TEST(name)                                                    \
  static void name();                                                 \
  static const ::chasqui::cuda::test::Registered registered_##name(#name, name); \
  static void name()

/// Notes a failure; the test goes on.
void fail(const std::string& what);
void check(bool truth, const std::string& what);
void checkOk(Error error, const std::string& what);
/// Fails where a number is NaN, the distance ‖actual - expected‖ is above tolerance * ‖expected‖, or one
/// number is off by more than 8 * tolerance times the root mean square.
void checkNear(const Numbers& actual, const Numbers& expected, double tolerance, const std::string& what);

/// Half of a unit in the last place, a few times: what rounding a result to the type costs.
double roundingOf(Type type);
const char* nameOf(Type type);
const char* nameOf(Stored stored);
constexpr Type kTypes[] = {Type::kF32, Type::kF16, Type::kBf16};
constexpr Stored kStoredTypes[] = {Stored::kF32,    Stored::kF16,   Stored::kBf16, Stored::kQ8Zero,
                                   Stored::kQ4Zero, Stored::kQ4One, Stored::kQ4K,  Stored::kQ6K};

std::mt19937& random();
Numbers randomNumbers(size_t count, double deviation = 1.0);
int randomInt(int from, int end);

/// Device memory of a test, poisoned.
template <class T>
class Buffer {
 public:
  explicit Buffer(size_t count) : count_(count) { checkOk(allocate(reinterpret_cast<void**>(&data_), count * sizeof(T) + 1), "allocate"); }
  explicit Buffer(const std::vector<T>& values) : Buffer(values.size()) {
    std::copy(values.begin(), values.end(), data_);
  }
  Buffer(const Buffer&) = delete;
  Buffer& operator=(const Buffer&) = delete;
  ~Buffer() { checkOk(release(data_), "release"); }
  T* get() const { return data_; }
  size_t size() const { return count_; }
  std::vector<T> host() const { return std::vector<T>(data_, data_ + count_); }

 private:
  T* data_ = nullptr;
  size_t count_;
};

/// Activations with room between width and stride that must stay as it is.
class Grid {
 public:
  Grid(Type type, int rows, int width);
  Grid(Type type, int rows, int width, const Numbers& values);
  Rows rows() const { return rows_; }
  /// What was stored, after rounding.
  Numbers values() const;
  void set(const Numbers& values);
  ~Grid();

 private:
  Type type_;
  int count_;
  int width_;
  Buffer<uint8_t> memory_;
  Rows rows_;
};

/// A matrix of random weights as a file holds it, packed on the device, and its numbers.
struct Weights {
  Weights(Stored stored, int rows, int columns);
  Matrix matrix;
  Numbers numbers;  // [rows, columns]

 private:
  Buffer<uint8_t> packed_;
};

double number(Type type, const void* at, long index);
void setNumber(Type type, void* at, long index, double value);

}  // namespace chasqui::cuda::test
