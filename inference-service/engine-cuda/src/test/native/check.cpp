#include "check.h"

#include <chrono>
#include <cstring>

#include "kernels/packed.h"

namespace chasqui::cuda::test {

namespace {

struct Test {
  const char* name;
  void (*run)();
};
std::vector<Test>& tests() {
  static std::vector<Test> all;
  return all;
}
int failures = 0;
const char* runningTest = "";

double fromHalf(uint16_t bits) { return emulated::halfToFloat(bits); }

uint16_t halfOf(double value) { return emulated::floatToHalf(static_cast<float>(value)); }

void put16(uint8_t* p, uint16_t v) { std::memcpy(p, &v, 2); }

/// ggml-quants.c, dequantize_row_*, in double.
void dequantise(Stored stored, const uint8_t* block, double* out) {
  uint16_t first, second;
  std::memcpy(&first, block, 2);
  std::memcpy(&second, block + 2, 2);
  switch (stored) {
    case Stored::kQ8Zero:
      for (int j = 0; j < 32; j++) out[j] = fromHalf(first) * static_cast<int8_t>(block[2 + j]);
      break;
    case Stored::kQ4Zero:
      for (int j = 0; j < 32; j++) out[j] = fromHalf(first) * ((j < 16 ? block[2 + j] & 15 : block[2 + j - 16] >> 4) - 8);
      break;
    case Stored::kQ4One:
      for (int j = 0; j < 32; j++) {
        out[j] = fromHalf(first) * (j < 16 ? block[4 + j] & 15 : block[4 + j - 16] >> 4) + fromHalf(second);
      }
      break;
    case Stored::kQ4K:
      for (int i = 0; i < 256; i++) {
        const int sub = i / 32;
        const uint8_t* s = block + 4;
        const int scale = sub < 4 ? s[sub] & 63 : (s[sub + 4] & 15) | s[sub - 4] >> 6 << 4;
        const int minimum = sub < 4 ? s[sub + 4] & 63 : s[sub + 4] >> 4 | s[sub] >> 6 << 4;
        const int q = block[16 + sub / 2 * 32 + i % 32] >> (sub % 2 * 4) & 15;
        out[i] = fromHalf(first) * scale * q - fromHalf(second) * minimum;
      }
      break;
    case Stored::kQ6K:
      std::memcpy(&first, block + 208, 2);
      for (int i = 0; i < 256; i++) {
        const int n = i / 128, l = i % 32, quarter = i % 128 / 32;
        const int low = block[64 * n + (quarter % 2) * 32 + l] >> (quarter / 2 * 4) & 15;
        const int high = block[128 + 32 * n + l] >> (2 * quarter) & 3;
        out[i] = fromHalf(first) * static_cast<int8_t>(block[192 + i / 16]) * ((low | high << 4) - 32);
      }
      break;
    default: break;
  }
}

struct BlockShape {
  int values;
  int bytes;
};
BlockShape shapeOf(Stored stored) {
  const int values = stored == Stored::kQ4K || stored == Stored::kQ6K ? 256 : 32;
  return {values, static_cast<int>(storedRowBytes(stored, values))};
}

std::vector<uint8_t> randomFile(Stored stored, int rows, int columns, Numbers& numbers) {
  std::vector<uint8_t> file(static_cast<size_t>(rows) * storedRowBytes(stored, columns));
  numbers.resize(static_cast<size_t>(rows) * static_cast<size_t>(columns));
  if (static_cast<int>(stored) < 3) {
    const Numbers values = randomNumbers(numbers.size(), 0.5);
    const Type type = static_cast<Type>(stored);
    for (size_t i = 0; i < values.size(); i++) {
      setNumber(type, file.data(), static_cast<long>(i), values[i]);
      numbers[i] = number(type, file.data(), static_cast<long>(i));
    }
    return file;
  }
  const BlockShape shape = shapeOf(stored);
  for (uint8_t& byte : file) byte = static_cast<uint8_t>(randomInt(0, 256));
  const double scale = stored == Stored::kQ8Zero ? 0.01 : stored == Stored::kQ6K ? 0.0005 : stored == Stored::kQ4K ? 0.003 : 0.1;
  for (size_t at = 0, i = 0; at < file.size(); at += static_cast<size_t>(shape.bytes), i += static_cast<size_t>(shape.values)) {
    const double d = scale * (0.5 + randomInt(0, 100) / 100.0);
    put16(file.data() + at + (stored == Stored::kQ6K ? 208 : 0), halfOf(d));
    if (stored == Stored::kQ4One) put16(file.data() + at + 2, halfOf(-7.0 * d));
    if (stored == Stored::kQ4K) put16(file.data() + at + 2, halfOf(7.0 * d));
    dequantise(stored, file.data() + at, numbers.data() + i);
  }
  return file;
}

int run(const char* only) {
  emulated::reportFaults();
  int count = 0;
  for (const Test& test : tests()) {
    if (only != nullptr && std::string(test.name).find(only) == std::string::npos) continue;
    runningTest = test.name;
    const int before = failures;
    const auto start = std::chrono::steady_clock::now();
    for (const emulated::Order order : {emulated::Order::kForward, emulated::Order::kBackward}) {
      emulated::setOrder(order);
      random().seed(7);
      test.run();
    }
    const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    std::printf("%-60s %s %6.2f s\n", test.name, failures == before ? "ok    " : "FAILED", seconds);
    count++;
  }
  std::printf("%d tests, %d failures, %ld kernels\n", count, failures, emulated::launches());
  return failures == 0 && count > 0 ? 0 : 1;
}

}  // namespace

Registered::Registered(const char* name, void (*run)()) { tests().push_back({name, run}); }

void fail(const std::string& what) {
  if (++failures < 20) std::printf("  %s: %s\n", runningTest, what.c_str());
}
void check(bool truth, const std::string& what) {
  if (!truth) fail(what);
}
void checkOk(Error error, const std::string& what) {
  if (error != kOk) fail(what + ": " + errorName(error));
}

void checkNear(const Numbers& actual, const Numbers& expected, double tolerance, const std::string& what) {
  if (actual.size() != expected.size()) return fail(what + ": sizes differ");
  double distance = 0, norm = 1e-30, greatest = 0;
  size_t worst = 0;
  for (size_t i = 0; i < actual.size(); i++) {
    const double off = actual[i] - expected[i];
    if (std::isnan(off)) return fail(what + ": NaN at " + std::to_string(i));
    distance += off * off;
    norm += expected[i] * expected[i];
    if (std::fabs(off) > greatest) {
      greatest = std::fabs(off);
      worst = i;
    }
  }
  const double relative = std::sqrt(distance / norm);
  const double square = std::sqrt(norm / static_cast<double>(actual.size()));
  if (relative > tolerance || greatest > 8 * tolerance * square + tolerance * std::fabs(expected[worst])) {
    fail(what + ": off by " + std::to_string(relative) + " where " + std::to_string(tolerance) + " is allowed; at " +
         std::to_string(worst) + " " + std::to_string(actual[worst]) + " for " + std::to_string(expected[worst]));
  }
}

double roundingOf(Type type) { return type == Type::kF32 ? 2e-6 : type == Type::kF16 ? 5e-4 : type == Type::kBf16 ? 4e-3 : 0.06; }
const char* nameOf(Type type) { return type == Type::kF32 ? "f32" : type == Type::kF16 ? "f16" : type == Type::kBf16 ? "bf16" : "e4m3"; }
const char* nameOf(Stored stored) {
  switch (stored) {
    case Stored::kF32: return "F32";
    case Stored::kF16: return "F16";
    case Stored::kBf16: return "BF16";
    case Stored::kQ8Zero: return "Q8_0";
    case Stored::kQ4Zero: return "Q4_0";
    case Stored::kQ4One: return "Q4_1";
    case Stored::kQ4K: return "Q4_K";
    case Stored::kQ6K: return "Q6_K";
  }
  return "?";
}

std::mt19937& random() {
  static std::mt19937 engine(7);
  return engine;
}
Numbers randomNumbers(size_t count, double deviation) {
  std::normal_distribution<double> normal(0, deviation);
  Numbers numbers(count);
  for (double& n : numbers) n = normal(random());
  return numbers;
}
int randomInt(int from, int end) { return std::uniform_int_distribution<int>(from, end - 1)(random()); }

double number(Type type, const void* at, long index) {
  switch (type) {
    case Type::kF32: return static_cast<const float*>(at)[index];
    case Type::kF16: return fromHalf(static_cast<const uint16_t*>(at)[index]);
    case Type::kBf16: return device::toFloat(static_cast<const device::Bf16*>(at)[index]);
    case Type::kE4m3: return emulated::e4m3ToFloat(static_cast<const uint8_t*>(at)[index]);
  }
  return 0;
}
void setNumber(Type type, void* at, long index, double value) {
  const auto single = static_cast<float>(value);
  switch (type) {
    case Type::kF32: static_cast<float*>(at)[index] = single; break;
    case Type::kF16: static_cast<uint16_t*>(at)[index] = emulated::floatToHalf(single); break;
    case Type::kBf16: static_cast<uint16_t*>(at)[index] = emulated::floatToBf16(single); break;
    case Type::kE4m3: static_cast<uint8_t*>(at)[index] = emulated::floatToE4m3(single); break;
  }
}

Grid::Grid(Type type, int rows, int width)
    : type_(type), count_(rows), width_(width),
      memory_(static_cast<size_t>(rows) * static_cast<size_t>((width + 7) / 8 * 8 + 8) * static_cast<size_t>(bytesOf(type))) {
  rows_ = Rows{memory_.get(), type, (width + 7) / 8 * 8 + 8};
}
Grid::Grid(Type type, int rows, int width, const Numbers& values) : Grid(type, rows, width) { set(values); }

void Grid::set(const Numbers& values) {
  for (int r = 0; r < count_; r++) {
    for (int i = 0; i < width_; i++) {
      setNumber(type_, rows_.values, r * rows_.stride + i, values[static_cast<size_t>(r) * static_cast<size_t>(width_) + static_cast<size_t>(i)]);
    }
  }
}

Numbers Grid::values() const {
  Numbers values;
  for (int r = 0; r < count_; r++) {
    for (int i = 0; i < width_; i++) values.push_back(number(type_, rows_.values, r * rows_.stride + i));
  }
  return values;
}

Grid::~Grid() {
  for (int r = 0; r < count_; r++) {
    for (long i = width_ * bytesOf(type_); i < rows_.stride * bytesOf(type_); i++) {
      check(memory_.get()[r * rows_.stride * bytesOf(type_) + i] == 0xff, "a row was written behind its width");
    }
  }
}

Weights::Weights(Stored stored, int rows, int columns)
    : matrix{stored, rows, columns, nullptr}, packed_(packedBytes(stored, rows, columns)) {
  matrix.bytes = packed_.get();
  const std::vector<uint8_t> file = randomFile(stored, rows, columns, numbers);
  const Buffer<uint8_t> staging(file);
  const int half = rows / 2;
  checkOk(pack(matrix, 0, half, staging.get(), nullptr), "pack");
  checkOk(pack(matrix, half, rows - half, staging.get() + static_cast<size_t>(half) * storedRowBytes(stored, columns), nullptr), "pack");
}

}  // namespace chasqui::cuda::test

int main(int argc, char** argv) { return chasqui::cuda::test::run(argc > 1 ? argv[1] : nullptr); }
