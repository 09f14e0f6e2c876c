package dev.chasqui.engine.chat;

import dev.chasqui.engine.api.ChatTemplateException;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Python's {@code strftime} in the C locale. */
final class Strftime {

  private Strftime() {}

  static String format(String format, ZonedDateTime time) {
    StringBuilder text = new StringBuilder();
    for (int at = 0; at < format.length(); at++) {
      char character = format.charAt(at);
      if (character != '%' || at + 1 == format.length()) {
        text.append(character);
        continue;
      }
      at++;
      boolean unpadded = format.charAt(at) == '-' && at + 1 < format.length();
      at += unpadded ? 1 : 0;
      String field = field(format.charAt(at), time);
      text.append(unpadded ? field.replaceFirst("^0+(?=\\d)", "") : field);
    }
    return text.toString();
  }

  private static String field(char directive, ZonedDateTime time) {
    return switch (directive) {
      case '%' -> "%";
      case 'n' -> "\n";
      case 't' -> "\t";
      case 'F' -> field("yyyy-MM-dd", time);
      case 'T' -> field("HH:mm:ss", time);
      case 'D' -> field("MM/dd/yy", time);
      case 'R' -> field("HH:mm", time);
      default -> field(pattern(directive), time);
    };
  }

  private static String field(String pattern, ZonedDateTime time) {
    return DateTimeFormatter.ofPattern(pattern, Locale.US).format(time);
  }

  private static String pattern(char directive) {
    return switch (directive) {
      case 'a' -> "EEE";
      case 'A' -> "EEEE";
      case 'b', 'h' -> "MMM";
      case 'B' -> "MMMM";
      case 'd' -> "dd";
      case 'e' -> "ppd";
      case 'H' -> "HH";
      case 'I' -> "hh";
      case 'j' -> "DDD";
      case 'm' -> "MM";
      case 'M' -> "mm";
      case 'p' -> "a";
      case 'S' -> "ss";
      case 'y' -> "yy";
      case 'Y' -> "yyyy";
      case 'Z' -> "zzz";
      case 'z' -> "xx";
      default -> throw new ChatTemplateException("strftime_now does not know %" + directive);
    };
  }
}
