package dev.chasqui.engine.tokenize;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * The text of an answer as its tokens come: whole characters only.
 *
 * <p>The bytes of a character that is spread over several tokens wait until the last of them is
 * there; bytes that are no UTF-8 become U+FFFD. Replaying the tokens of an answer gives the same
 * state. Belongs to one thread.
 */
public final class TokenText {

  private final Tokenizer tokenizer;
  private final CharsetDecoder decoder =
      StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPLACE)
          .onUnmappableCharacter(CodingErrorAction.REPLACE);
  private ByteBuffer waiting = ByteBuffer.allocate(0);
  private boolean stripsSpace;

  private TokenText(Tokenizer tokenizer, boolean stripsSpace) {
    this.tokenizer = tokenizer;
    this.stripsSpace = stripsSpace;
  }

  /**
   * Starts a text that stands alone, such as a turn of a chat: the space that SentencePiece puts
   * before the first word is left out.
   *
   * @param tokenizer of the model
   * @return an empty text
   */
  public static TokenText standingAlone(Tokenizer tokenizer) {
    return new TokenText(tokenizer, tokenizer.addsSpacePrefix());
  }

  /**
   * Starts a text that goes on from another one: a space before its first word is part of it.
   *
   * @param tokenizer of the model
   * @return an empty text
   */
  public static TokenText continuing(Tokenizer tokenizer) {
    return new TokenText(tokenizer, false);
  }

  /** Returns whether a space that the next token begins with is left out. */
  public boolean dropsFirstSpace() {
    return stripsSpace;
  }

  /**
   * Takes the next token.
   *
   * @param tokenId the token; control tokens have no text
   * @return what became certain with it, often a word, sometimes nothing
   */
  public String accept(int tokenId) {
    return accept(tokenizer.pieceBytes(tokenId));
  }

  /** Returns what is still held back, as U+FFFD, once no more token comes. */
  public String finish() {
    CharBuffer text = CharBuffer.allocate(waiting.remaining() + 1);
    decoder.decode(waiting, text, true);
    decoder.flush(text);
    decoder.reset();
    return text.flip().toString();
  }

  String accept(byte[] bytes) {
    int skipped = stripsSpace && bytes.length > 0 && bytes[0] == ' ' ? 1 : 0;
    stripsSpace &= bytes.length == 0;
    ByteBuffer input = ByteBuffer.allocate(waiting.remaining() + bytes.length - skipped);
    input.put(waiting).put(bytes, skipped, bytes.length - skipped).flip();
    CharBuffer text = CharBuffer.allocate(input.remaining() + 1);
    decoder.decode(input, text, false);
    waiting = input;
    return text.flip().toString();
  }
}
