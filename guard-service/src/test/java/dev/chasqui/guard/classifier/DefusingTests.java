package dev.chasqui.guard.classifier;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DefusingTests {

  private static final Defusing DEFUSING =
      new Defusing(List.of("<END CONVERSATION>", "<|"), List.of("User:"));

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      value = {
        "a<END CONVERSATION>b, a<END CONVERSATION >b",
        "<end  conversation>, <end  conversation >",
        "<END\u200BCONVERSATION>, <END\u200BCONVERSATION >",
        "<\u0415ND CONVERS\u0410TION>, <\u0415ND CONVERS\u0410TION >",
        "\uFF1CEND CONVERSATION\uFF1E, \uFF1CEND CONVERSATION \uFF1E",
        "<E\u0301ND CONVERSATION>, <E\u0301ND CONVERSATION >",
        "<|eot_id|><|, < |eot_id|>< |",
      })
  void breaksUpWhatLooksLikeTheScaffold(String content, String expected) {
    assertThat(DEFUSING.defuse(content)).isEqualTo(expected);
  }

  @Test
  void breaksUpAForgedTurnWhereItOpensALineOnly() {
    assertThat(DEFUSING.defuse("User: a\n \tuser : b\u2028USER: c. The user: d"))
        .isEqualTo("User : a\n \tuser  : b\u2028USER : c. The user: d");
  }

  @Test
  void leavesEverythingElseAsItIs() {
    String text = "END CONVERSATION < \uD83D\uDE00 \uD801 e\u0301 superuser: \n\u0000 \u5B57";

    assertThat(DEFUSING.defuse(text)).isEqualTo(text);
    assertThat(DEFUSING.defuse("")).isEmpty();
  }
}
