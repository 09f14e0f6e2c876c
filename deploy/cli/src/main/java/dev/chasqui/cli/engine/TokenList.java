package dev.chasqui.cli.engine;

import dev.chasqui.engine.api.TokenIds;
import java.util.Arrays;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads and writes token ids as people type them: {@code 1,2,3}. */
final class TokenList implements ITypeConverter<TokenIds> {

  @Override
  public TokenIds convert(String text) {
    try {
      return TokenIds.of(
          Arrays.stream(text.strip().split("[,\\s]+")).mapToInt(Integer::parseInt).toArray());
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(
          "'%s' is no list of token ids such as 1,2,3".formatted(text));
    }
  }

  static String format(TokenIds ids) {
    return ids.stream().mapToObj(Integer::toString).collect(Collectors.joining(","));
  }
}
