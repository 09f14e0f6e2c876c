#include <algorithm>
#include <limits>
#include <numeric>

#include "check.h"

namespace chasqui::cuda::test {

namespace {



std::vector<float> randomLogits(int count) {
  const Numbers numbers = randomNumbers(static_cast<size_t>(count), 3.0);
  std::vector<float> logits(numbers.begin(), numbers.end());
  // ties: some logits occur many times
  for (int i = 0; i < count / 3; i++) logits[static_cast<size_t>(randomInt(0, count))] = static_cast<float>(randomInt(-3, 4));
  return logits;
}

/// Sampler.choose with plain loops: sorted candidates, then cumulated by id.
int expected(std::vector<float> logits, const Draw& draw, const std::vector<LogitChange>& changes, const std::vector<uint32_t>& masks, int maskWords) {
  for (int i = draw.firstChange; i < draw.firstChange + draw.changeCount; i++) {
    const LogitChange& c = changes[static_cast<size_t>(i)];
    float& v = logits[static_cast<size_t>(c.tokenId)];
    v += c.bias;
    if (c.repetition != 0) v = v < 0 ? v * c.repetition : v / c.repetition;
    v -= c.minus;
  }
  if (draw.mask >= 0) {
    for (size_t id = 0; id < logits.size(); id++) {
      const bool allowed = static_cast<int>(id / 32) < maskWords &&
                           (masks[static_cast<size_t>(draw.mask * maskWords) + id / 32] >> id % 32 & 1) != 0;
      if (!allowed) logits[id] = -INFINITY;
    }
  }
  const auto best = std::max_element(logits.begin(), logits.end());
  if (draw.temperature == 0) return static_cast<int>(best - logits.begin());
  std::vector<int> ids(logits.size());
  std::iota(ids.begin(), ids.end(), 0);
  std::stable_sort(ids.begin(), ids.end(), [&](int a, int b) { return logits[static_cast<size_t>(a)] > logits[static_cast<size_t>(b)]; });
  Numbers weights(logits.size());
  for (size_t i = 0; i < logits.size(); i++) {
    weights[i] = std::exp(static_cast<double>(logits[i] / draw.temperature) - static_cast<double>(*best / draw.temperature));
  }
  if (draw.topK > 0 && draw.topK < static_cast<int>(ids.size())) {
    const float least = logits[static_cast<size_t>(ids[static_cast<size_t>(draw.topK - 1)])];
    std::erase_if(ids, [&](int id) { return logits[static_cast<size_t>(id)] < least; });
  }
  if (draw.topP < 1) {
    double total = 0, sum = 0;
    for (const int id : ids) total += weights[static_cast<size_t>(id)];
    const double goal = static_cast<double>(draw.topP) * total;
    size_t kept = 0;
    while (kept < ids.size() && (draw.metaTopP != 0 ? sum <= goal : sum < goal)) sum += weights[static_cast<size_t>(ids[kept++])];
    ids.resize(kept);
  }
  std::erase_if(ids, [&](int id) { return weights[static_cast<size_t>(id)] < static_cast<double>(draw.minP); });
  std::sort(ids.begin(), ids.end());
  double total = 0;
  for (const int id : ids) total += weights[static_cast<size_t>(id)];
  double left = draw.random * total;
  for (const int id : ids) {
    left -= weights[static_cast<size_t>(id)];
    if (left < 0) return id;
  }
  return ids.back();
}

}  // namespace

TEST(takesTheGreatestLogitAndTheSmallestIdOfEqualOnes) {
  for (const int vocabulary : {1, 3, 511, 1027}) {
    std::vector<float> logits;
    std::vector<int> wanted;
    const long stride = vocabulary + 5;
    for (int r = 0; r < 4; r++) {
      std::vector<float> row = randomLogits(vocabulary);
      if (vocabulary > 300) row[17] = row[300] = 50.0f;
      wanted.push_back(static_cast<int>(std::max_element(row.begin(), row.end()) - row.begin()));
      row.resize(static_cast<size_t>(stride), NAN);
      logits.insert(logits.end(), row.begin(), row.end());
    }
    const Buffer<float> memory(logits);
    const Buffer<int> tokens(4);
    checkOk(greedy({memory.get(), stride, vocabulary, 4, tokens.get()}, nullptr), "greedy");
    check(tokens.host() == wanted, "the greatest of " + std::to_string(vocabulary));
  }
}

TEST(saysWhenTheModelFailed) {
  for (const float bad : {std::numeric_limits<float>::quiet_NaN(), std::numeric_limits<float>::infinity()}) {
    std::vector<float> logits = randomLogits(700);
    logits[699] = bad;
    std::vector<float> none(700, -std::numeric_limits<float>::infinity());
    logits.insert(logits.end(), none.begin(), none.end());
    const Buffer<float> memory(logits);
    const Buffer<int> tokens(2);
    checkOk(greedy({memory.get(), 700, 700, 2, tokens.get()}, nullptr), "greedy");
    check(tokens.host() == std::vector<int>{kNoToken, kNoToken}, "no token");
  }
}

TEST(drawsAsTheSamplerDoes) {
  const int vocabulary = 1003, maskWords = 30, rows = 42;
  std::vector<LogitChange> changes;
  std::vector<uint32_t> masks;
  for (int i = 0; i < 2 * maskWords; i++) masks.push_back(static_cast<uint32_t>(random()()));
  std::vector<float> logits;
  std::vector<Draw> draws;
  for (int r = 0; r < rows; r++) {
    const std::vector<float> row = randomLogits(vocabulary);
    logits.insert(logits.end(), row.begin(), row.end());
    Draw draw{};
    draw.random = randomInt(0, 1 << 20) / static_cast<double>(1 << 20);
    draw.temperature = r % 7 == 0 ? 0.0f : 0.5f + 0.3f * static_cast<float>(r % 4);
    draw.topK = r % 3 == 0 ? 0 : r % 3 == 1 ? 40 : 1 + r;
    draw.topP = r % 5 == 0 ? 1.0f : 0.2f + 0.15f * static_cast<float>(r % 5);
    draw.metaTopP = r % 2;
    draw.minP = r % 4 == 0 ? 0.1f : 0.0f;
    draw.firstChange = static_cast<int>(changes.size());
    draw.changeCount = r % 3 * 20;
    for (int i = 0; i < draw.changeCount; i++) {
      changes.push_back({i * 25 + r % 25, i % 3 == 0 ? 2.0f : 0.0f, i % 2 == 0 ? 1.3f : 0.0f, i % 5 == 0 ? 0.7f : 0.0f});
    }
    draw.mask = r % 4 == 3 ? r % 8 / 4 : -1;
    draws.push_back(draw);
  }
  std::vector<int> wanted;
  for (int r = 0; r < rows; r++) {
    const auto from = logits.begin() + r * vocabulary;
    wanted.push_back(expected(std::vector<float>(from, from + vocabulary), draws[static_cast<size_t>(r)], changes, masks, maskWords));
  }
  const Buffer<float> memory(logits);
  const Buffer<Draw> drawMemory(draws);
  const Buffer<LogitChange> changeMemory(changes);
  const Buffer<uint32_t> maskMemory(masks);
  const Buffer<int> tokens(rows);
  checkOk(sample({memory.get(), vocabulary, vocabulary, rows, drawMemory.get(), changeMemory.get(), maskMemory.get(), maskWords, tokens.get()}, nullptr), "sample");
  const std::vector<int> actual = tokens.host();
  for (size_t r = 0; r < wanted.size(); r++) {
    check(actual[r] == wanted[r], "row " + std::to_string(r) + ": token " + std::to_string(actual[r]) + " for " + std::to_string(wanted[r]));
  }
}

TEST(keepsTheFirstOfEqualTokensThatReachTopP) {
  // ten equal tokens, 0.35 of their sum: the first four
  std::vector<float> logits(10, 1.0f);
  std::vector<Draw> draws;
  std::vector<float> all;
  for (int r = 0; r < 12; r++) {
    Draw draw{};
    draw.random = r / 12.0;
    draw.temperature = 1;
    draw.topP = 0.35f;
    draw.mask = -1;
    draws.push_back(draw);
    all.insert(all.end(), logits.begin(), logits.end());
  }
  const Buffer<float> memory(all);
  const Buffer<Draw> drawMemory(draws);
  const Buffer<int> tokens(12);
  checkOk(sample({memory.get(), 10, 10, 12, drawMemory.get(), nullptr, nullptr, 0, tokens.get()}, nullptr), "sample");
  const std::vector<int> actual = tokens.host();
  for (int r = 0; r < 12; r++) check(actual[static_cast<size_t>(r)] == r / 3, "token " + std::to_string(actual[static_cast<size_t>(r)]) + " at " + std::to_string(r));
}

}  // namespace chasqui::cuda::test
