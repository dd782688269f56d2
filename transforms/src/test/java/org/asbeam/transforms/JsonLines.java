package org.asbeam.transforms;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.asbeam.format.RecordView;

/** A form of a program's own: a JSON document per line, values in base64. */
final class JsonLines implements RecordFormat {
  private static final long serialVersionUID = 1L;
  private static final ObjectMapper JSON = new ObjectMapper();

  @Override
  public String ending() {
    return "jsonl";
  }

  @Override
  public Encoder encoder(OutputStream out) {
    return new Encoder() {
      @Override
      public void encode(RecordView row) throws IOException {
        byte[] from = row.buffer();
        ObjectNode line = JSON.createObjectNode();
        line.put("digest", row.digest());
        line.put("set", row.set());
        line.put("generation", row.generation());
        line.put("voidTime", row.voidTime());
        if (row.hasKey()) {
          line.put("keyType", row.keyType());
          line.put("key", copy(from, row.keyOffset(), row.keyLength()));
        }
        ObjectNode bins = line.putObject("bins");
        row.rewind();
        while (row.nextBin()) {
          bins.putObject(row.binName())
              .put("type", row.binType())
              .put("value", copy(from, row.valueOffset(), row.valueLength()));
        }
        out.write(JSON.writeValueAsBytes(line));
        out.write('\n');
      }

      @Override
      public void finish() throws IOException {
        out.write("{}\n".getBytes(StandardCharsets.US_ASCII));
      }
    };
  }

  private static byte[] copy(byte[] from, int offset, int length) {
    return Arrays.copyOfRange(from, offset, offset + length);
  }

  @Override
  public Decoder decoder(InputStream in, String file) {
    BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
    return into -> {
      String text = lines.readLine();
      if (text == null) {
        throw new IOException(file + ": is cut: its last line is missing");
      }
      JsonNode line = JSON.readTree(text);
      if (line.isEmpty()) {
        return false;
      }
      into.begin(line.get("generation").asInt(), line.get("voidTime").asLong());
      byte[] set = line.get("set").asText().getBytes(StandardCharsets.UTF_8);
      if (set.length > 0) {
        into.set(set, 0, set.length);
      }
      if (line.has("key")) {
        byte[] key = line.get("key").binaryValue();
        into.key(line.get("keyType").asInt(), key, 0, key.length);
      }
      into.digest(line.get("digest").binaryValue(), 0);
      for (var bin : line.get("bins").properties()) {
        into.bin(
            bin.getValue().get("type").asInt(),
            bin.getKey(),
            bin.getValue().get("value").binaryValue());
      }
      return true;
    };
  }
}
