package org.asbeam.storage.journal;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.function.Function;
import org.asbeam.format.PartitionSet;

/**
 * How the documents of a backup folder are written: indented JSON, members in the order of the
 * record's components, instants and durations in ISO-8601, partition sets in their text form.
 *
 * <p>Unknown members are passed over, so that an older asbeam reads what a newer one wrote; a
 * change that an older one would misread raises the document's format version instead.
 */
public final class Json {
  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          // A record's components, not what else of it looks like a getter.
          .visibility(PropertyAccessor.ALL, Visibility.NONE)
          .visibility(PropertyAccessor.FIELD, Visibility.ANY)
          .visibility(PropertyAccessor.CREATOR, Visibility.ANY)
          .addModule(
              new SimpleModule("asbeam")
                  .addSerializer(PartitionSet.class, text())
                  .addDeserializer(PartitionSet.class, parsed(PartitionSet::parse))
                  .addSerializer(Instant.class, text())
                  .addDeserializer(Instant.class, parsed(Instant::parse))
                  .addSerializer(Duration.class, text())
                  .addDeserializer(Duration.class, parsed(Duration::parse)))
          .build();

  private static final ObjectWriter LINES =
      MAPPER.writer().without(SerializationFeature.INDENT_OUTPUT);

  private Json() {}

  /** The document's bytes, with a line feed at the end. */
  public static byte[] write(Object document) {
    try {
      byte[] bytes = MAPPER.writeValueAsBytes(document);
      byte[] line = Arrays.copyOf(bytes, bytes.length + 1);
      line[bytes.length] = '\n';
      return line;
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A document in one line, with a line feed at the end. */
  public static byte[] line(Object document) {
    try {
      return (LINES.writeValueAsString(document) + "\n").getBytes(StandardCharsets.UTF_8);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A document as a tree, to be stored within another one and read back by {@link #fromTree}. */
  public static JsonNode toTree(Object document) {
    return MAPPER.valueToTree(document);
  }

  /**
   * Reads what {@link #toTree} made.
   *
   * @throws IOException if the tree isn't such a document
   */
  public static <T> T fromTree(JsonNode tree, Class<T> type) throws IOException {
    return MAPPER.treeToValue(tree, type);
  }

  /**
   * Reads a document.
   *
   * @throws IOException if the bytes are no such document; the message says where
   */
  public static <T> T read(byte[] bytes, Class<T> type) throws IOException {
    return MAPPER.readValue(bytes, type);
  }

  private static <T> JsonSerializer<T> text() {
    return new JsonSerializer<>() {
      @Override
      public void serialize(T value, JsonGenerator generator, SerializerProvider serializers)
          throws IOException {
        generator.writeString(value.toString());
      }
    };
  }

  private static <T> JsonDeserializer<T> parsed(Function<String, T> parse) {
    return new JsonDeserializer<>() {
      @Override
      public T deserialize(JsonParser parser, DeserializationContext context) throws IOException {
        String text = parser.getValueAsString();
        try {
          return parse.apply(text == null ? "" : text);
        } catch (RuntimeException e) {
          throw context.weirdStringException(text, Object.class, e.getMessage());
        }
      }
    };
  }
}
