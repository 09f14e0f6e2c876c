package dev.chasqui.engine.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.chasqui.engine.api.CheckpointException;
import dev.chasqui.engine.api.MarkedText;
import dev.chasqui.engine.backend.KvShape;
import dev.chasqui.engine.backend.scalar.ScalarBackendProvider;
import dev.chasqui.engine.model.GoldenModel;
import dev.chasqui.engine.model.Transformer;
import dev.chasqui.engine.tensor.Tensor;
import dev.chasqui.engine.tokenize.Tokenizer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Files made of valid ones by changing what they say, with lengths and checksums put right, so that
 * they get past the header: 27,500 of them, always the same. Each is read, or refused by an
 * exception that names the file, the byte and what was expected, with little heap; anything else
 * fails. {@code GgufHostileFileTests} has 20,000 more.
 */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class ParserFuzzTests {

  private static final int ROUNDS = 5000;

  /** A file of some kilobytes may not make anything large; a real tokenizer takes some 100 MB. */
  private static final long MOST_HEAP = 48 << 20;

  @TempDir private Path folder;

  /** Makes one input of a seed and reads it. */
  private interface Round {
    void run(Mutator mutator) throws IOException;
  }

  /** Runs rounds; some inputs must be refused and some read, else the changes miss the parser. */
  private static void fuzz(int rounds, Round round) throws IOException {
    int refused = 0;
    for (int i = 0; i < rounds; i++) {
      long before = allocatedBytes();
      try {
        round.run(new Mutator(i));
      } catch (CheckpointException expected) {
        assertThat(expected.getMessage())
            .as("seed %d", i)
            .containsPattern("hostile[^ ]* at byte [0-9]+: found (?s:.)+, expected ");
        refused++;
      } catch (RuntimeException | Error bug) {
        throw new AssertionError("seed " + i + " ends in " + bug, bug);
      }
      assertThat(allocatedBytes() - before).as("heap for seed %d", i).isLessThan(MOST_HEAP);
    }
    assertThat(refused).isBetween(rounds / 10, rounds - 1);
    report(rounds, refused);
  }

  private static long allocatedBytes() {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    return threads.getCurrentThreadAllocatedBytes();
  }

  private static void report(int rounds, int refused) {
    StackWalker.StackFrame test =
        StackWalker.getInstance().walk(frames -> frames.skip(2).findFirst().orElseThrow());
    System.out.printf("%s: %d inputs, %d refused%n", test.getMethodName(), rounds, refused);
  }

  @Test
  void ggufFiles() throws IOException {
    byte[] valid = GgufFile.tiny().flag("tokenizer.ggml.add_bos_token", true).toBytes();
    int header = valid.length - 4 * (4 * 32 + 32 + 32 * 32 + 2 * 16 * 32 + 32 * 32 + 3 * 64 * 32);
    Path file = folder.resolve("hostile.gguf");
    fuzz(
        ROUNDS,
        mutator -> {
          Files.write(file, mutator.bytes(valid, 4, header));
          load(file);
        });
  }

  @Test
  void safetensorsFiles() throws IOException {
    String header =
        "{\"__metadata__\":{\"format\":\"pt\"},\"a\":{\"dtype\":\"F32\",\"shape\":[2,4],"
            + "\"data_offsets\":[0,32]},\"b\":{\"dtype\":\"BF16\",\"shape\":[16],"
            + "\"data_offsets\":[32,64]},\"c\":{\"dtype\":\"I64\",\"shape\":[],"
            + "\"data_offsets\":[64,72]}}";
    fuzz(
        ROUNDS,
        mutator -> {
          byte[] bytes = safetensors(mutator.json(header), 72);
          bytes = mutator.below(8) == 0 ? mutator.bytes(bytes, 0, 8) : bytes;
          touch(SafetensorsFile.read(Path.of("hostile.safetensors"), MemorySegment.ofArray(bytes)));
        });
  }

  private static byte[] safetensors(String header, int room) {
    byte[] json = header.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(8 + json.length + room)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(json.length)
        .put(json)
        .array();
  }

  /** A pair whose value is a list of everything that a pickle may hold beside tensors. */
  private static final String EVERY_OPCODE =
      "X\4\0\0\0more](K\1M\1\2J\1\2\3\4\u008a\2\1\2G\0\0\0\0\0\0\0\0N\u0088\u0089"
          + "\u008c\1b\u0094h\1K\1\u0085K\1K\2\u0086K\1K\2K\3\u0087)(K\1te"
          + "K\5aq\2r\3\0\0\0j\3\0\0\0000";

  @Test
  void pickles() throws IOException {
    PthFile valid =
        new PthFile().f32("norm.weight", 32).raw(EVERY_OPCODE).f32("output.weight", 4, 8);
    byte[] pickle = valid.pickle();
    fuzz(ROUNDS, mutator -> readTorch(valid.toBytes(mutator.bytes(pickle, 0, pickle.length))));
  }

  @Test
  void zipFiles() throws IOException {
    byte[] valid = new PthFile().f32("norm.weight", 4).toBytes();
    fuzz(
        ROUNDS / 2,
        mutator ->
            readTorch(
                mutator.below(2) == 0
                    ? mutator.bytes(valid, valid.length - 250, valid.length)
                    : mutator.bytes(valid, 0, valid.length)));
  }

  private static void readTorch(byte[] bytes) {
    touch(TorchFile.read(Path.of("hostile.pth"), MemorySegment.ofArray(bytes)));
  }

  /** Reads the first and last value of each tensor: they must lie within the file. */
  private static void touch(Map<String, Tensor> tensors) {
    tensors
        .values()
        .forEach(tensor -> {
          assertThat(tensor.bytes().byteSize()).isEqualTo(tensor.rows() * tensor.rowBytes());
          assertThat(tensor.toFloats()).hasSize((int) tensor.values());
        });
  }

  private static final String BYTE_LEVEL =
      """
      {"added_tokens":[{"id":4,"content":"<|end|>","special":true}],
       "normalizer":null,
       "pre_tokenizer":{"type":"Sequence","pretokenizers":[
         {"type":"Digits","individual_digits":true},
         {"type":"ByteLevel","add_prefix_space":false,"use_regex":true}]},
       "post_processor":{"type":"TemplateProcessing","single":[{"SpecialToken":{"id":"<|end|>"}}]},
       "model":{"type":"BPE","unk_token":"b","byte_fallback":false,"ignore_merges":false,
         "vocab":{"a":0,"b":1,"c":2,"ab":3},"merges":["a b",["ab","c"]]}}\
      """;

  private static final String BYTE_FALLBACK =
      """
      {"added_tokens":[{"id":0,"content":"<unk>","special":true}],
       "normalizer":{"type":"Sequence","normalizers":[{"type":"Prepend","prepend":"\u2581"}]},
       "pre_tokenizer":{"type":"Metaspace","add_prefix_space":true,"prepend_scheme":"first"},
       "model":{"type":"BPE","unk_token":"<unk>","byte_fallback":true,
         "vocab":{"<unk>":0,"<0x41>":1,"\u2581":2,"a":3,"\u2581a":4},"merges":["\u2581 a"]}}\
      """;

  @Test
  void tokenizerJsonFiles() throws IOException {
    Path file = folder.resolve("hostile-tokenizer.json");
    fuzz(
        ROUNDS / 2,
        mutator -> {
          String valid = mutator.below(2) == 0 ? BYTE_LEVEL : BYTE_FALLBACK;
          Files.writeString(file, mutator.json(valid).replace("\\ud800", "?"));
          readTokenizer(file);
        });
  }

  @Test
  void sentencePieceFiles() throws IOException {
    Path file = folder.resolve("hostile.model");
    byte[] valid = sentencePiece();
    fuzz(
        ROUNDS / 4,
        mutator -> {
          Files.write(file, mutator.protobuf(valid, 2));
          readTokenizer(file);
        });
  }

  /** Seven pieces with scores and types, a BPE trainer, a normalizer that keeps spaces. */
  private static byte[] sentencePiece() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    String[] pieces = {"<unk>", "<s>", "</s>", "<0x41>", "a", "b", "ab"};
    int[] types = {2, 3, 3, 6, 1, 1, 1};
    for (int i = 0; i < pieces.length; i++) {
      byte[] text = pieces[i].getBytes(StandardCharsets.UTF_8);
      ByteBuffer piece =
          ByteBuffer.allocate(2 + text.length + 5 + 2).order(ByteOrder.LITTLE_ENDIAN);
      piece.put((byte) 0x0a).put((byte) text.length).put(text);
      piece.put((byte) 0x15).putFloat(-i).put((byte) 0x18).put((byte) types[i]);
      out.write(0x0a);
      out.write(piece.capacity());
      out.writeBytes(piece.array());
    }
    out.writeBytes(new byte[] {0x12, 2, 0x18, 2});
    out.writeBytes(new byte[] {0x1a, 4, 0x18, 1, 0x20, 0});
    return out.toByteArray();
  }

  @Test
  void addedTokensFiles() throws IOException {
    Path model = Files.createDirectory(folder.resolve("hostile-added"));
    Path file = Files.write(model.resolve("tokenizer.model"), sentencePiece());
    String added = "{\"[PAD]\": 7, \"<|im_end|>\": 9, \"ab\": 8}";
    String config =
        "{\"eos_token\": {\"content\": \"<|im_end|>\"}, \"pad_token\": \"[PAD]\","
            + " \"added_tokens_decoder\": {\"7\": {\"content\": \"[PAD]\", \"special\": true}}}";
    fuzz(
        ROUNDS / 5,
        mutator -> {
          boolean first = mutator.below(2) == 0;
          Files.writeString(
              model.resolve("added_tokens.json"),
              first ? mutator.json(added).replace("\\ud800", "?") : added);
          Files.writeString(
              model.resolve("tokenizer_config.json"),
              first ? config : mutator.json(config).replace("\\ud800", "?"));
          readTokenizer(file);
        });
  }

  @Test
  void tiktokenFiles() throws IOException {
    Path file = folder.resolve("hostile.tiktoken");
    byte[] valid =
        "YQ== 0\nYg== 1\nIA== 2\nYWI= 3\nIGFi 4\n4oCU 5\n".getBytes(StandardCharsets.US_ASCII);
    fuzz(
        ROUNDS / 4,
        mutator -> {
          Files.write(file, mutator.bytes(valid, 0, valid.length));
          readTokenizer(file);
        });
  }

  private static void readTokenizer(Path file) {
    encode(Tokenizer.of(VocabularyFiles.open(file)));
  }

  private static void encode(Tokenizer tokenizer) {
    tokenizer.decode(tokenizer.encode(MarkedText.scaffold("a ab A \u00e9 12 <|end|>")));
  }

  @Test
  void foldersOfHuggingFace() throws IOException {
    Path model = copy("05-llama31");
    List<String> valids = configs(model);
    fuzz(
        ROUNDS / 5,
        mutator -> {
          String valid = valids.get(mutator.below(valids.size()));
          Files.writeString(
              model.resolve("config.json"), mutator.json(valid).replace("\\ud800", ""));
          load(model);
        });
  }

  /** Both flavours, with every scaling of positions. */
  private static List<String> configs(Path model) throws IOException {
    String classic = Files.readString(model.resolve("config.json"));
    String more =
        "\"factor\": 4, \"original_max_position_embeddings\": 64, \"attention_factor\": null,"
            + " \"beta_fast\": 32, \"beta_slow\": 1, \"mscale\": 1, \"mscale_all_dim\": 0.5,"
            + " \"truncate\": true, \"rope_type\": ";
    List<String> configs = new ArrayList<>();
    configs.add(classic);
    configs.add(Files.readString(model.resolve("config.v5.json")));
    for (String type : List.of("yarn", "linear", "dynamic")) {
      String scaling = "\"rope_scaling\": {" + more + "\"" + type + "\"}";
      configs.add(classic.replaceAll("\"rope_scaling\": \\{[^}]*}", scaling));
    }
    return configs;
  }

  /** Two shards: the first as it should be, the second not. */
  @Test
  void shardsOfMeta() throws IOException {
    Path model = meta();
    PthFile valid = PthFile.tiny();
    byte[] pickle = valid.pickle();
    fuzz(
        ROUNDS / 5,
        mutator -> {
          byte[] bytes = valid.toBytes(mutator.bytes(pickle, 0, pickle.length));
          Files.write(model.resolve("consolidated.01.pth"), bytes);
          Checkpoints.open(model).close();
        });
  }

  @Test
  void foldersOfMeta() throws IOException {
    Path model = meta();
    String valid =
        "{\"dim\": 32, \"n_layers\": 1, \"n_heads\": 2, \"n_kv_heads\": 1,"
            + " \"norm_eps\": 1e-05, \"rope_theta\": 500000.0, \"use_scaled_rope\": true}";
    fuzz(
        ROUNDS / 10,
        mutator -> {
          Files.writeString(
              model.resolve("params.json"), mutator.json(valid).replace("\\ud800", ""));
          load(model);
        });
  }

  private Path meta() throws IOException {
    Path model = Files.createDirectory(folder.resolve("hostile-meta"));
    Files.copy(
        GoldenModel.of("02-llama2-gqa").file().resolve("tokenizer.model"),
        model.resolve("tokenizer.model"));
    Files.writeString(
        model.resolve("params.json"),
        "{\"dim\":32,\"n_layers\":1,\"n_heads\":2,\"vocab_size\":1024}");
    Files.write(model.resolve("consolidated.00.pth"), PthFile.tiny().toBytes());
    return model;
  }

  @Test
  void indexesOfShards() throws IOException {
    Path model = copy("11-sharded");
    Path index = model.resolve("model.safetensors.index.json");
    String valid =
        "{\"metadata\":{\"total_size\":1},\"weight_map\":{"
            + "\"a\":\"model-00001-of-00002.safetensors\",\"b\":\"model-00002-of-00002.safetensors\"}}";
    fuzz(
        ROUNDS / 10,
        mutator -> {
          Files.writeString(index, mutator.json(valid).replace("\\ud800", ""));
          load(model);
        });
  }

  @Test
  void foldersOfAdapters() throws IOException {
    Path adapter = copy("13-lora");
    Path config = adapter.resolve("adapter_config.json");
    String valid = Files.readString(config);
    fuzz(
        ROUNDS / 5,
        mutator -> {
          Files.writeString(config, mutator.json(valid).replace("\\ud800", ""));
          AdapterCheckpoint.open(adapter).close();
        });
  }

  private static void load(Path model) {
    try (Checkpoint checkpoint = Checkpoints.open(model)) {
      touch(checkpoint.tensors());
      encode(Tokenizer.of(checkpoint.vocabulary()));
      Transformer.load(checkpoint, new ScalarBackendProvider().create(1), new KvShape(2, 16))
          .close();
    }
  }

  private Path copy(String name) throws IOException {
    Path model = Files.createDirectory(folder.resolve("hostile-" + name));
    try (Stream<Path> files = Files.list(GoldenModel.of(name).file())) {
      for (Path file : files.toList()) {
        Files.copy(file, model.resolve(file.getFileName()));
      }
    }
    return model;
  }
}
