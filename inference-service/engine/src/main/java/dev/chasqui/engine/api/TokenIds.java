package dev.chasqui.engine.api;

import java.util.Arrays;
import java.util.stream.IntStream;

/** An unchangeable list of token ids, unboxed. */
public final class TokenIds {

  private static final TokenIds EMPTY = new TokenIds(new int[0]);

  private final int[] ids;

  private TokenIds(int[] ids) {
    this.ids = ids;
  }

  /**
   * Copies token ids in.
   *
   * @param ids token ids, each 0 or more
   * @return the list
   * @throws IllegalArgumentException if an id is negative
   */
  public static TokenIds of(int... ids) {
    for (int id : ids) {
      if (id < 0) {
        throw new IllegalArgumentException("token id " + id + " is negative");
      }
    }
    return ids.length == 0 ? EMPTY : new TokenIds(ids.clone());
  }

  /** Returns the empty list. */
  public static TokenIds empty() {
    return EMPTY;
  }

  /** Returns the number of ids. */
  public int size() {
    return ids.length;
  }

  /** Returns whether there is no id. */
  public boolean isEmpty() {
    return ids.length == 0;
  }

  /**
   * Returns one id.
   *
   * @param index position, from 0
   * @return the id there
   */
  public int get(int index) {
    return ids[index];
  }

  /**
   * Returns this list with another one behind it.
   *
   * @param tail the ids that follow
   * @return the joined list
   */
  public TokenIds plus(TokenIds tail) {
    int[] joined = Arrays.copyOf(ids, ids.length + tail.ids.length);
    System.arraycopy(tail.ids, 0, joined, ids.length, tail.ids.length);
    return new TokenIds(joined);
  }

  /** Returns a copy of the ids. */
  public int[] toArray() {
    return ids.clone();
  }

  /** Returns the ids as a stream. */
  public IntStream stream() {
    return Arrays.stream(ids);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof TokenIds that && Arrays.equals(ids, that.ids);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(ids);
  }

  @Override
  public String toString() {
    return Arrays.toString(ids);
  }
}
