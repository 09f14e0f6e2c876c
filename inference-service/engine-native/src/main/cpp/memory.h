// Memory that is aligned to cache lines and, where large, backed by huge pages.
#pragma once

#include <cstddef>
#include <memory>

namespace chasqui {

struct FreeMemory {
  void operator()(void* p) const;
};

template <class T>
using Memory = std::unique_ptr<T[], FreeMemory>;

/// Returns zeroed bytes; throws std::bad_alloc.
void* zeroedBytes(size_t bytes);

template <class T>
Memory<T> zeroed(size_t count) {
  return Memory<T>(static_cast<T*>(zeroedBytes(count * sizeof(T))));
}

}  // namespace chasqui
