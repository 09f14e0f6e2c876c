package dev.chasqui.engine.checkpoint;

import dev.chasqui.engine.api.CheckpointException;
import dev.chasqui.engine.checkpoint.Vocabulary.Kind;
import dev.chasqui.engine.checkpoint.Vocabulary.PieceType;
import dev.chasqui.engine.checkpoint.Vocabulary.SpecialTokens;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * Reads SentencePiece's {@code tokenizer.model} (google/sentencepiece,
 * src/sentencepiece_model.proto), BPE models only. The beginning-of-text token is added, as Meta's
 * code does.
 */
final class SentencePieceModel {

  private static final int BPE = 2;

  /** By the code in the file, which counts from 1. */
  private static final List<PieceType> TYPES =
      List.of(
          PieceType.NORMAL,
          PieceType.UNKNOWN,
          PieceType.CONTROL,
          PieceType.USER_DEFINED,
          PieceType.UNUSED,
          PieceType.BYTE);

  private final Path file;
  private final List<String> pieces = new ArrayList<>();
  private final List<Float> scores = new ArrayList<>();
  private final List<PieceType> types = new ArrayList<>();
  private int modelType = 1;
  private int unknownId;
  private int beginId = 1;
  private int endId = 2;
  private int paddingId = -1;
  private boolean addsPrefix = true;
  private boolean removesSpaces = true;
  private int trainerAt;
  private int normalizerAt;

  private SentencePieceModel(Path file) {
    this.file = file;
  }

  static Vocabulary read(Path file) {
    SentencePieceModel model = new SentencePieceModel(file);
    model.fields(new ProtobufReader(file, SmallFiles.bytes(file)));
    model.checkSupported();
    return model.vocabulary();
  }

  private void fields(ProtobufReader reader) {
    while (reader.hasNext()) {
      switch (reader.next()) {
        case 1 -> piece(reader.message());
        case 2 -> trainer(reader.message());
        case 3 -> normalizer(reader.message());
        default -> reader.skip();
      }
    }
  }

  private void piece(ProtobufReader reader) {
    int start = reader.position();
    String piece = "";
    float score = 0;
    int type = 1;
    while (reader.hasNext()) {
      switch (reader.next()) {
        case 1 -> piece = reader.text();
        case 2 -> score = reader.real();
        case 3 -> type = (int) reader.number();
        default -> reader.skip();
      }
    }
    if (type < 1 || type > TYPES.size()) {
      throw CheckpointException.at(
          file, start, "piece " + pieces.size() + " of type " + type, "1 to 6");
    }
    pieces.add(piece);
    scores.add(score);
    types.add(TYPES.get(type - 1));
  }

  private void trainer(ProtobufReader reader) {
    trainerAt = reader.position();
    while (reader.hasNext()) {
      switch (reader.next()) {
        case 3 -> modelType = (int) reader.number();
        case 40 -> unknownId = (int) reader.number();
        case 41 -> beginId = (int) reader.number();
        case 42 -> endId = (int) reader.number();
        case 43 -> paddingId = (int) reader.number();
        default -> reader.skip();
      }
    }
  }

  private void normalizer(ProtobufReader reader) {
    normalizerAt = reader.position();
    while (reader.hasNext()) {
      switch (reader.next()) {
        case 3 -> addsPrefix = reader.number() != 0;
        case 4 -> removesSpaces = reader.number() != 0;
        default -> reader.skip();
      }
    }
  }

  private void checkSupported() {
    if (modelType != BPE) {
      throw CheckpointException.at(file, trainerAt, "model type " + modelType, "2 (BPE)");
    }
    if (removesSpaces) {
      throw CheckpointException.at(
          file,
          normalizerAt,
          "a normalizer that removes extra white space",
          "one that keeps it, as Llama's do");
    }
  }

  private Vocabulary vocabulary() {
    float[] byId = new float[scores.size()];
    for (int id = 0; id < byId.length; id++) {
      byId[id] = scores.get(id);
    }
    SpecialTokens special =
        new SpecialTokens(
            id(beginId),
            id(endId),
            OptionalInt.empty(),
            OptionalInt.empty(),
            id(unknownId),
            id(paddingId));
    return new Vocabulary(
        Kind.SENTENCEPIECE_BPE,
        "default",
        pieces,
        byId,
        types,
        List.of(),
        special,
        id(beginId).isPresent(),
        false,
        addsPrefix,
        new VocabularySource(file, Map.of()));
  }

  private OptionalInt id(int id) {
    return id >= 0 && id < pieces.size() ? OptionalInt.of(id) : OptionalInt.empty();
  }
}
