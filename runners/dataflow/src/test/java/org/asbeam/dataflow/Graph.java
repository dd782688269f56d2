package org.asbeam.dataflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.apache.beam.sdk.io.BoundedSource;
import org.apache.beam.sdk.util.SerializableUtils;
import org.apache.beam.sdk.util.StringUtils;

/** A job as Dataflow gets it. */
record Graph(String text) {
  private JsonNode job() throws IOException {
    return new ObjectMapper().readTree(text);
  }

  /** The names that Dataflow shows, in order. */
  List<String> steps() throws IOException {
    List<String> names = new ArrayList<>();
    job().get("steps").forEach(step -> names.add(step.at("/properties/user_name/value").asText()));
    return names;
  }

  JsonNode environment() throws IOException {
    return job().get("environment");
  }

  /** The values that the workers' options have. */
  JsonNode options() throws IOException {
    return environment().at("/sdkPipelineOptions/options");
  }

  /** What the first step reads, as a worker gets it. */
  BoundedSource<?> source() throws IOException {
    String serialized =
        job()
            .get("steps")
            .get(0)
            .at("/properties/custom_source_step_input/spec/serialized_source/value")
            .asText();
    return (BoundedSource<?>)
        SerializableUtils.deserializeFromByteArray(
            Base64.getDecoder().decode(serialized), "a source");
  }

  /** What the functions of all steps carry with them, a byte a character. */
  String functions() throws IOException {
    StringBuilder all = new StringBuilder();
    for (JsonNode step : job().get("steps")) {
      JsonNode function = step.at("/properties/serialized_fn/value");
      if (step.get("kind").asText().equals("ParallelDo")) {
        all.append(
            plain(
                SerializableUtils.deserializeFromByteArray(
                    StringUtils.jsonStringToByteArray(function.asText()), "a function")));
      }
    }
    return all.toString();
  }

  /** Without the compression, which might hide a text from a search. */
  private static String plain(Object object) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(object);
    }
    return bytes.toString(StandardCharsets.ISO_8859_1);
  }
}
