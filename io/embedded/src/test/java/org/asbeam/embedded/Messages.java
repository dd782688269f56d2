package org.asbeam.embedded;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** Requests as clients send them, whole frames. */
final class Messages {
  private Messages() {}

  private interface Writer {
    void write(DataOutputStream out) throws IOException;
  }

  private static byte[] bytes(Writer writer) {
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      writer.write(new DataOutputStream(bytes));
      return bytes.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] message(int infos, int fields, int ops, Writer body) {
    return Frame.toBytes(
        Protocol.TYPE_MESSAGE,
        bytes(
            out -> {
              out.writeByte(Protocol.HEADER);
              out.writeInt(infos);
              out.writeByte(0);
              out.writeInt(0);
              out.writeInt(0);
              out.writeInt(1000);
              out.writeShort(fields);
              out.writeShort(ops);
              body.write(out);
            }));
  }

  private static void field(DataOutputStream out, int type, byte[] data) throws IOException {
    out.writeInt(1 + data.length);
    out.writeByte(type);
    out.write(data);
  }

  private static void put(DataOutputStream out, String bin, long value) throws IOException {
    out.writeInt(4 + bin.length() + 8);
    out.writeByte(Protocol.OP_WRITE);
    out.writeByte(Particle.INTEGER);
    out.writeByte(0);
    out.writeByte(bin.length());
    out.writeBytes(bin);
    out.writeLong(value);
  }

  /** Writes an integer to bin "i". */
  static byte[] put(String namespace, String set, Object key, long value) {
    return message(
        0x00010000,
        3,
        1,
        out -> {
          field(out, Protocol.FIELD_NAMESPACE, Bytes.utf8(namespace));
          field(out, Protocol.FIELD_SET, Bytes.utf8(set));
          field(out, Protocol.FIELD_DIGEST, UserKey.digest(Bytes.utf8(set), UserKey.of(key)));
          put(out, "i", value);
        });
  }

  /** Writes to bin "i" of several records; all answers are wanted. */
  static byte[] batchPut(String namespace, String set, List<?> keys) {
    byte[] rows =
        bytes(
            out -> {
              out.writeInt(keys.size());
              out.writeByte(0x0d);
              for (int i = 0; i < keys.size(); i++) {
                out.writeInt(i);
                out.write(UserKey.digest(Bytes.utf8(set), UserKey.of(keys.get(i))));
                out.writeByte(0x0e);
                out.writeByte(0);
                out.writeByte(Protocol.INFO2_WRITE);
                out.writeByte(0);
                out.writeShort(0);
                out.writeInt(0);
                out.writeShort(2);
                out.writeShort(1);
                field(out, Protocol.FIELD_NAMESPACE, Bytes.utf8(namespace));
                field(out, Protocol.FIELD_SET, Bytes.utf8(set));
                put(out, "i", i);
              }
            });
    return message(0x08000000, 1, 0, out -> field(out, Protocol.FIELD_BATCH, rows));
  }

  /** A scan of all partitions. */
  static byte[] scan(String namespace) {
    int[] all = new int[Protocol.PARTITIONS];
    for (int pid = 0; pid < all.length; pid++) {
      all[pid] = pid;
    }
    return scan(namespace, all);
  }

  static byte[] scan(String namespace, int... pids) {
    byte[] list =
        bytes(
            out -> {
              for (int pid : pids) {
                out.writeByte(pid);
                out.writeByte(pid >> 8);
              }
            });
    return message(
        0x01000400,
        2,
        0,
        out -> {
          field(out, Protocol.FIELD_NAMESPACE, Bytes.utf8(namespace));
          field(out, Protocol.FIELD_PARTITIONS, list);
        });
  }

  /** A scan whose client promises to read within a time. */
  static byte[] scanWithSocketTimeout(String namespace, int milliseconds, int pid) {
    return message(
        0x01000400,
        3,
        0,
        out -> {
          field(out, Protocol.FIELD_NAMESPACE, Bytes.utf8(namespace));
          field(out, Protocol.FIELD_PARTITIONS, new byte[] {(byte) pid, (byte) (pid >> 8)});
          byte[] timeout = new byte[4];
          Bytes.putI32(timeout, 0, milliseconds);
          field(out, Protocol.FIELD_SOCKET_TIMEOUT, timeout);
        });
  }
}
