package org.asbeam.embedded;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A recorded conversation of the Java client with a real server: what the client sent at a time,
 * and what the server answered.
 */
final class Conversation {
  private static final Pattern LINE =
      Pattern.compile("\\{\"conn\": *(\\d+), *\"dir\": *\"(.)\", *\"hex\": *\"([0-9a-f]*)\"\\}");

  /**
   * One turn.
   *
   * @param connection which of the client's connections
   * @param request the client's frames
   * @param answer the server's frames
   */
  record Turn(int connection, byte[] request, byte[] answer) {
    List<Frame> answerFrames() {
      return Frame.split(answer);
    }

    Frame requestFrame() {
      return Frame.split(request).get(0);
    }
  }

  private Conversation() {}

  /** The turns of a recording, without the client's tending if it is about something else. */
  static List<Turn> load(String name) throws IOException {
    List<Turn> turns = new ArrayList<>();
    ByteArrayOutputStream request = new ByteArrayOutputStream();
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    int connection = 0;
    try (InputStream in = Conversation.class.getResourceAsStream("/wire/" + name + ".jsonl");
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      for (String line; (line = lines.readLine()) != null; ) {
        Matcher matcher = LINE.matcher(line.strip());
        if (!matcher.matches()) {
          throw new IOException("no line of a recording: " + line);
        }
        byte[] bytes = HexFormat.of().parseHex(matcher.group(3));
        boolean fromClient = matcher.group(2).equals("c");
        if (fromClient && answer.size() > 0) {
          turns.add(new Turn(connection, request.toByteArray(), answer.toByteArray()));
          request.reset();
          answer.reset();
        }
        connection = Integer.parseInt(matcher.group(1));
        (fromClient ? request : answer).write(bytes);
      }
    }
    turns.add(new Turn(connection, request.toByteArray(), answer.toByteArray()));
    return turns;
  }

  /** The turns about records, behind the client's connecting and tending. */
  static List<Turn> messages(String name) throws IOException {
    return load(name).stream()
        .filter(turn -> turn.requestFrame().type() == Protocol.TYPE_MESSAGE)
        .toList();
  }
}
