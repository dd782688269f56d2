package org.asbeam.embedded;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;

/** Executes batches: many commands on single records in one request, answered in their order. */
final class BatchService {
  /** The server flushes its buffers at about this size. */
  private static final int FRAME = 128 << 10;

  private static final int FLAG_REPORT_ALL = 0x04;

  private static final int ROW_REPEAT = 0x01;
  private static final int ROW_INFO = 0x02;
  private static final int ROW_GENERATION = 0x04;
  private static final int ROW_TTL = 0x08;
  private static final int ROW_INFO4 = 0x10;

  /** Index, digest, flags. */
  private static final int ROW_HEADER = 4 + Protocol.DIGEST + 1;

  private final RecordService records;

  BatchService(RecordService records) {
    this.records = records;
  }

  void execute(Request request, Strikes strikes, OutputStream out)
      throws IOException, ConnectionFault {
    Reply reply = new Reply(FRAME + (FRAME >> 2));
    int code = strikes.onRequest(Fault.Target.BATCH);
    if (code == Strikes.PROCEED) {
      try {
        code = rows(request, strikes, reply, out);
      } catch (RequestException e) {
        code = e.resultCode();
      }
    }
    strikes.beforeReply();
    reply.send(out);
    reply.last(code);
    reply.send(out);
  }

  private int rows(Request request, Strikes strikes, Reply reply, OutputStream out)
      throws RequestException, IOException, ConnectionFault {
    boolean withSet = !request.has(Protocol.FIELD_BATCH);
    byte[] data = request.field(withSet ? Protocol.FIELD_BATCH_WITH_SET : Protocol.FIELD_BATCH);
    if (data.length < 5) {
      throw RequestException.parameter("a batch without a header");
    }
    byte[] filter =
        request.has(Protocol.FIELD_FILTER) ? request.field(Protocol.FIELD_FILTER) : null;
    if (filter != null) {
      Filter.parse(filter);
    }
    long count = Bytes.i32(data, 0) & 0xffffffffL;
    boolean reportAll = (data[4] & FLAG_REPORT_ALL) != 0;
    Request row = null;
    int at = 5;
    for (long i = 0; i < count; i++) {
      need(data, at, ROW_HEADER);
      int index = Bytes.i32(data, at);
      byte[] digest = Arrays.copyOfRange(data, at + 4, at + 4 + Protocol.DIGEST);
      int flags = Bytes.u8(data, at + ROW_HEADER - 1);
      at += ROW_HEADER;
      if ((flags & ROW_REPEAT) != 0) {
        if (row == null || row.has(Protocol.FIELD_KEY)) {
          throw RequestException.parameter("a batch row repeats what can't be repeated");
        }
        row = row.forDigest(digest);
      } else {
        Request parsed = parseRow(data, at, flags);
        at = parsed.end();
        row = parsed.forDigest(digest);
      }
      int code = executeRow(filtered(row, filter), strikes, reply, index);
      if (reply.size() >= FRAME) {
        strikes.beforeReply();
        reply.send(out);
      }
      if (!reportAll && stopsBatch(code)) {
        return code;
      }
    }
    if (at != data.length) {
      throw RequestException.parameter("bytes behind the last batch row");
    }
    return ResultCode.OK;
  }

  private static Request filtered(Request row, byte[] filter) {
    return filter == null || row.has(Protocol.FIELD_FILTER) ? row : row.withFilter(filter);
  }

  private int executeRow(Request row, Strikes strikes, Reply reply, int index)
      throws IOException, ConnectionFault {
    int code = strikes.onCommand(row);
    if (code == Strikes.PROCEED) {
      return records.execute(row, reply, index);
    }
    reply.code(code, index);
    return code;
  }

  private static boolean stopsBatch(int code) {
    return code != ResultCode.OK && code != ResultCode.NOT_FOUND && code != ResultCode.FILTERED_OUT;
  }

  /** The optional parts come in the order info, generation, TTL, not in that of their flags. */
  private static Request parseRow(byte[] data, int from, int flags) throws RequestException {
    int[] infos = new int[3];
    int at = from;
    need(data, at, 1);
    infos[0] = Bytes.u8(data, at++);
    if ((flags & ROW_INFO) != 0) {
      need(data, at, 2);
      infos[1] = Bytes.u8(data, at++);
      infos[2] = Bytes.u8(data, at++);
    }
    if ((flags & ROW_INFO4) != 0) {
      need(data, at, 1);
      at++;
    }
    int generation = 0;
    if ((flags & ROW_GENERATION) != 0) {
      need(data, at, 2);
      generation = Bytes.u16(data, at);
      at += 2;
    }
    int ttl = 0;
    if ((flags & ROW_TTL) != 0) {
      need(data, at, 4);
      ttl = Bytes.i32(data, at);
      at += 4;
    }
    need(data, at, 4);
    int fields = Bytes.u16(data, at);
    int ops = Bytes.u16(data, at + 2);
    return Request.batchRow(data, at + 4, infos, generation, ttl, fields, ops);
  }

  private static void need(byte[] data, int at, int count) throws RequestException {
    if (count > data.length - at) {
      throw RequestException.parameter("a batch row reaches beyond the message");
    }
  }
}
