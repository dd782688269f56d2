package org.asbeam.transforms.work;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.asbeam.storage.journal.Json;
import org.asbeam.storage.secrets.Secrets;

/** Finds secrets of a specification that only the launching process has. */
public final class SecretsThatStay {
  private SecretsThatStay() {}

  /**
   * Refuses a specification that workers elsewhere could not use.
   *
   * @param spec a specification of any kind
   * @throws WorkException naming all that stays here, and what to give instead
   */
  public static void check(Object spec) throws WorkException {
    List<String> found = new ArrayList<>();
    collect(Json.toTree(spec), "", found);
    if (!found.isEmpty()) {
      throw new WorkException(
          ErrorCode.USAGE,
          String.join(", ", found)
              + (found.size() == 1 ? " is a secret" : " are secrets")
              + " that only this process has, and the workers are other ones",
          "give env:NAME, file:PATH or secrets:RESOURCE:KEY, which each worker resolves for itself");
    }
  }

  private static void collect(JsonNode node, String path, List<String> found) {
    if (node.isTextual() && Secrets.staysHere(node.textValue())) {
      found.add(path);
    }
    for (Iterator<Map.Entry<String, JsonNode>> members = node.fields(); members.hasNext(); ) {
      Map.Entry<String, JsonNode> member = members.next();
      collect(
          member.getValue(),
          path.isEmpty() ? member.getKey() : path + "." + member.getKey(),
          found);
    }
    for (Iterator<JsonNode> elements = node.elements(); node.isArray() && elements.hasNext(); ) {
      collect(elements.next(), path, found);
    }
  }
}
