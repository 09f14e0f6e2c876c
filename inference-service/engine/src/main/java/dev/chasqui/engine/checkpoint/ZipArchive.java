package dev.chasqui.engine.checkpoint;

import dev.chasqui.engine.api.CheckpointException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;

/**
 * The entries of a zip file whose content is stored as it is (APPNOTE.TXT 6.3.10, with the 64-bit
 * extensions): found by the central directory, read in place.
 */
final class ZipArchive {

  private static final long END = 0x06054b50L;
  private static final int END_BYTES = 22;
  private static final int LONGEST_COMMENT = 0xffff;
  private static final long END64_LOCATOR = 0x07064b50L;
  private static final int END64_LOCATOR_BYTES = 20;
  private static final long END64 = 0x06064b50L;
  private static final long DIRECTORY_ENTRY = 0x02014b50L;
  private static final int DIRECTORY_ENTRY_BYTES = 46;
  private static final long LOCAL_ENTRY = 0x04034b50L;
  private static final int LOCAL_ENTRY_BYTES = 30;
  private static final int EXTRA_64 = 1;
  private static final long IN_EXTRA = 0xffffffffL;

  /** Far beyond any real one: a shard of Llama 3.1 405B has some 1200. */
  private static final int MOST_ENTRIES = 1 << 16;

  private final MappedBytes file;
  private final Map<String, Entry> entries = new LinkedHashMap<>();

  private ZipArchive(MappedBytes file) {
    this.file = file;
  }

  /**
   * Where the content of an entry lies.
   *
   * @param content its bytes
   * @param checksum their CRC-32
   */
  record Entry(MappedBytes content, long checksum) {

    /** Returns the content after a look at its checksum; meant for small entries. */
    MappedBytes checked() {
      CRC32 crc = new CRC32();
      crc.update(content.bytes().asByteBuffer());
      if (crc.getValue() != checksum) {
        throw content.fault(
            0, "a CRC-32 of %08x".formatted(crc.getValue()), "%08x".formatted(checksum));
      }
      return content;
    }
  }

  /** Returns the entries by name, in the order of the directory. */
  static Map<String, Entry> read(MappedBytes file) {
    ZipArchive archive = new ZipArchive(file);
    archive.readDirectory(archive.directory());
    archive.checkApart();
    return archive.entries;
  }

  /** Where the central directory lies and how many entries it has. */
  private record Directory(long offset, long size, long count) {}

  private Directory directory() {
    long end = end();
    long locator = end - END64_LOCATOR_BYTES;
    if (locator >= 0 && file.uint32(locator) == END64_LOCATOR) {
      return directory64(file.int64(locator + 8));
    }
    return new Directory(file.uint32(end + 16), file.uint32(end + 12), file.uint16(end + 10));
  }

  private long end() {
    long first = Math.max(0, file.size() - END_BYTES - LONGEST_COMMENT);
    for (long end = file.size() - END_BYTES; end >= first; end--) {
      if (file.uint32(end) == END) {
        return end;
      }
    }
    throw file.fault(0, "no end of a zip file", "a file that torch.save wrote in 2020 or later");
  }

  private Directory directory64(long end) {
    if (file.uint32(end) != END64) {
      throw file.fault(end, "no 64-bit end of a zip directory", "one");
    }
    return new Directory(file.int64(end + 48), file.int64(end + 40), file.int64(end + 32));
  }

  private void readDirectory(Directory directory) {
    file.require(directory.offset, directory.size);
    if (directory.count < 0 || directory.count > MOST_ENTRIES) {
      throw file.fault(
          directory.offset,
          Long.toUnsignedString(directory.count) + " zip entries",
          "at most " + MOST_ENTRIES);
    }
    long offset = directory.offset;
    for (long i = 0; i < directory.count; i++) {
      offset = entry(offset);
    }
  }

  /** Reads an entry of the directory and returns where the next one begins. */
  private long entry(long at) {
    if (file.uint32(at) != DIRECTORY_ENTRY) {
      throw file.fault(at, "no entry of a zip directory", "one");
    }
    checkStored(at);
    int nameLength = file.uint16(at + 28);
    int extraLength = file.uint16(at + 30);
    String name = file.text(at + DIRECTORY_ENTRY_BYTES, nameLength);
    MappedBytes extra = file.part(at + DIRECTORY_ENTRY_BYTES + nameLength, extraLength);
    Sizes sizes =
        sizes64(extra, new Sizes(file.uint32(at + 24), file.uint32(at + 20), file.uint32(at + 42)));
    if (sizes.packed != sizes.unpacked) {
      throw file.fault(at, name + ", whose size changes when unpacked", "a stored entry");
    }
    Entry entry = new Entry(content(sizes), file.uint32(at + 16));
    if (entries.put(name, entry) != null) {
      throw file.fault(at, name + " a second time", "each entry once");
    }
    return at + DIRECTORY_ENTRY_BYTES + nameLength + extraLength + file.uint16(at + 32);
  }

  private void checkStored(long at) {
    int flags = file.uint16(at + 8);
    int method = file.uint16(at + 10);
    if (method != 0 || (flags & 1) != 0) {
      throw file.fault(
          at, "a packed or encrypted zip entry (method %d)".formatted(method), "a stored one");
    }
  }

  private record Sizes(long unpacked, long packed, long local) {}

  /** Sizes that do not fit 32 bits stand in an extra field, in this order. */
  private static Sizes sizes64(MappedBytes extra, Sizes sizes) {
    long at = 0;
    while (at + 4 <= extra.size()) {
      int length = extra.uint16(at + 2);
      if (extra.uint16(at) == EXTRA_64) {
        return sizes64(extra.part(at + 4, length), sizes.unpacked, sizes.packed, sizes.local);
      }
      at += 4 + length;
    }
    return sizes;
  }

  private static Sizes sizes64(MappedBytes field, long... sizes) {
    long at = 0;
    for (int i = 0; i < sizes.length; i++) {
      if (sizes[i] == IN_EXTRA) {
        sizes[i] = field.int64(at);
        at += Long.BYTES;
      }
    }
    return new Sizes(sizes[0], sizes[1], sizes[2]);
  }

  private MappedBytes content(Sizes sizes) {
    long at = sizes.local;
    if (file.uint32(at) != LOCAL_ENTRY) {
      throw file.fault(at, "no header of a zip entry", "one");
    }
    long start = at + LOCAL_ENTRY_BYTES + file.uint16(at + 26) + file.uint16(at + 28);
    return file.part(start, sizes.unpacked);
  }

  private void checkApart() {
    List<MappedBytes> sorted = new ArrayList<>();
    entries.values().forEach(entry -> sorted.add(entry.content));
    sorted.sort(Comparator.comparingLong(MappedBytes::base));
    for (int i = 1; i < sorted.size(); i++) {
      MappedBytes before = sorted.get(i - 1);
      if (before.base() + before.size() > sorted.get(i).base()) {
        throw overlap(sorted.get(i));
      }
    }
  }

  private static CheckpointException overlap(MappedBytes content) {
    return content.fault(0, "an entry within another one", "entries that do not overlap");
  }
}
