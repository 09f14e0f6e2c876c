package dev.chasqui.engine.backend.vector;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The vector width of this machine and arithmetic on whole vectors.
 *
 * <p>Every result here is exactly rounded, so the interpreter, C2 and machines of other widths give
 * the same bits.
 */
final class Lanes {

  /** Widest vectors in use: a packed group has 16 rows, one for each lane of 512 bits. */
  static final int MOST = 16;

  static final VectorSpecies<Float> FLOATS =
      FloatVector.SPECIES_PREFERRED.length() > MOST
          ? FloatVector.SPECIES_512
          : FloatVector.SPECIES_PREFERRED;
  static final VectorSpecies<Integer> INTS = VectorSpecies.of(int.class, FLOATS.vectorShape());

  /** How packed weights are stored. */
  static final ByteOrder LE = ByteOrder.LITTLE_ENDIAN;

  /** Lanes of a vector: 2, 4, 8 or 16. */
  static final int COUNT = FLOATS.length();

  /** Rows of a strip, the unit of all matrix kernels: two vectors. */
  static final int STRIP = 2 * COUNT;

  private static final float HALF_REBIAS = 0x1p112f;

  private Lanes() {}

  /** Finite f16 numbers in the low 16 bits of each lane, as float32. */
  static FloatVector lowHalf(IntVector bits) {
    IntVector magnitude = bits.and(0x7fff).lanewise(VectorOperators.LSHL, 13);
    IntVector sign = bits.and(0x8000).lanewise(VectorOperators.LSHL, 16);
    return rebias(magnitude, sign);
  }

  /** Finite f16 numbers in the high 16 bits of each lane, as float32. */
  static FloatVector highHalf(IntVector bits) {
    IntVector magnitude = bits.and(0x7fff0000).lanewise(VectorOperators.LSHR, 3);
    return rebias(magnitude, bits.and(0x80000000));
  }

  private static FloatVector rebias(IntVector magnitude, IntVector sign) {
    FloatVector absolute = magnitude.reinterpretAsFloats().mul(HALF_REBIAS);
    return absolute.reinterpretAsInts().or(sign).reinterpretAsFloats();
  }

  /** Bf16 numbers in the low 16 bits of each lane, as float32. */
  static FloatVector lowBrain(IntVector bits) {
    return bits.lanewise(VectorOperators.LSHL, 16).reinterpretAsFloats();
  }

  /** Bf16 numbers in the high 16 bits of each lane, as float32. */
  static FloatVector highBrain(IntVector bits) {
    return bits.and(0xffff0000).reinterpretAsFloats();
  }

  /** Little-endian ints from a byte offset on. */
  static IntVector ints(MemorySegment packed, long offset) {
    return IntVector.fromMemorySegment(INTS, packed, offset, LE);
  }
}
