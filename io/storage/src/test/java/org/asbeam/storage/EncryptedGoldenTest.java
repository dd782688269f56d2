package org.asbeam.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.asbeam.format.AsbDecoder;
import org.asbeam.format.RecordView;
import org.asbeam.storage.crypto.Encryption;
import org.asbeam.storage.crypto.Keys;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The encrypted files of all three tools hold what their other files hold. */
final class EncryptedGoldenTest {
  @ParameterizedTest
  @CsvSource({
    "c-aes128/bar_00000.asb,          NONE, AES128, c-zstd/bar_00000.asb",
    "c-zstd-aes256/bar_00000.asb,     ZSTD, AES256, c-zstd/bar_00000.asb",
    "go-aes128/0_bar_1.asb,           NONE, AES128, go-zstd/0_bar_1.asb",
    "go-zstd-aes256/0_bar_1.asb,      ZSTD, AES256, go-zstd/0_bar_1.asb",
    "absctl-zstd-aes256/0_bar_2.asb,  ZSTD, AES256, go-zstd/0_bar_1.asb",
  })
  void holdsTheSameRecords(
      String encrypted, Compression.Codec compression, Encryption encryption, String plain)
      throws Exception {
    MemoryStore store = new MemoryStore();
    store.put("f", Samples.golden(encrypted));
    Decryption key = Decryption.of(List.of(Keys.other(), Keys.golden()));
    BackupFileReader reader = new BackupFileReader(store, key);
    assertThat(reader.codec("f")).isEqualTo(new FileCodec(compression, encryption));
    Map<String, String> expected = records(plain, Decryption.none());
    assertThat(expected).hasSize(2041);
    assertThat(records(encrypted, key)).isEqualTo(expected);
  }

  private static Map<String, String> records(String golden, Decryption key) throws IOException {
    Map<String, String> records = new TreeMap<>();
    try (InputStream text =
        BackupFileReader.text(new ByteArrayInputStream(Samples.golden(golden)), golden, key)) {
      AsbDecoder decoder = new AsbDecoder(text, golden);
      for (AsbDecoder.Item item = decoder.next();
          item != AsbDecoder.Item.END;
          item = decoder.next()) {
        if (item == AsbDecoder.Item.RECORD) {
          RecordView record = decoder.record();
          records.put(HexFormat.of().formatHex(record.digest()), bins(record));
        }
      }
    }
    return records;
  }

  /** All but the bins' order, which the tools don't keep. */
  private static String bins(RecordView record) {
    List<String> bins = new ArrayList<>();
    while (record.nextBin()) {
      int from = record.valueOffset();
      String value = HexFormat.of().formatHex(record.buffer(), from, from + record.valueLength());
      bins.add(record.binName() + " " + record.binType() + " " + value);
    }
    Collections.sort(bins);
    int from = record.keyOffset();
    String key =
        record.hasKey()
            ? HexFormat.of().formatHex(record.buffer(), from, from + record.keyLength())
            : "";
    return record.set() + " " + key + " " + record.voidTime() + " " + bins;
  }
}
