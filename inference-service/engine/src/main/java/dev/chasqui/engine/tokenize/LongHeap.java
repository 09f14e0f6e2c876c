package dev.chasqui.engine.tokenize;

import java.util.Arrays;

/** A binary heap of longs, smallest first. */
final class LongHeap {

  private long[] heap = new long[64];
  private int size;

  boolean isEmpty() {
    return size == 0;
  }

  void push(long value) {
    if (size == heap.length) {
      heap = Arrays.copyOf(heap, size * 2);
    }
    int slot = size++;
    while (slot > 0) {
      int parent = (slot - 1) >>> 1;
      if (heap[parent] <= value) {
        break;
      }
      heap[slot] = heap[parent];
      slot = parent;
    }
    heap[slot] = value;
  }

  long pop() {
    long least = heap[0];
    siftDown(heap[--size]);
    return least;
  }

  private void siftDown(long value) {
    int slot = 0;
    int child = 1;
    while (child < size) {
      if (child + 1 < size && heap[child + 1] < heap[child]) {
        child++;
      }
      if (heap[child] >= value) {
        break;
      }
      heap[slot] = heap[child];
      slot = child;
      child = 2 * slot + 1;
    }
    heap[slot] = value;
  }
}
