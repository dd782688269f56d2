package org.asbeam.transforms;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * The Java examples of a page of the documentation.
 *
 * @param blocks the imports that all examples share, and each example's statements
 */
public record PageExamples(List<String> blocks) {
  private static final Pattern BLOCK = Pattern.compile("(?s)```java\n(.*?)```");

  public static PageExamples of(Path page) throws IOException {
    return new PageExamples(
        BLOCK.matcher(Files.readString(page)).results().map(block -> block.group(1)).toList());
  }

  /**
   * Compiles the examples into a folder and runs them, one after the other.
   *
   * @param throwing what the examples may throw, as a method says it; empty: only unchecked ones
   * @param adapt puts addresses and paths of the test in the place of the page's
   */
  public void run(Path folder, String throwing, UnaryOperator<String> adapt) throws Exception {
    StringBuilder source = new StringBuilder(blocks.get(0)).append("public class Examples {\n");
    for (int i = 1; i < blocks.size(); i++) {
      source.append("public static void example").append(i).append("() ").append(throwing);
      source.append(" {\n").append(adapt.apply(blocks.get(i))).append("}\n");
    }
    Path file = folder.resolve("Examples.java");
    Files.writeString(file, source.append("}\n"));
    compile(file);
    URL[] place = {folder.toUri().toURL()};
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    try (URLClassLoader loader = new URLClassLoader(place, before)) {
      // Beam finds the functions of a pipeline again by the thread's loader.
      thread.setContextClassLoader(loader);
      Class<?> examples = loader.loadClass("Examples");
      for (int i = 1; i < blocks.size(); i++) {
        examples.getMethod("example" + i).invoke(null);
      }
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  private static void compile(Path file) throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    List<String> messages = new ArrayList<>();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, UTF_8)) {
      compiler
          .getTask(
              null,
              files,
              diagnostic -> messages.add(diagnostic.toString()),
              List.of("-proc:none", "-d", file.getParent().toString()),
              null,
              files.getJavaFileObjects(file))
          .call();
    }
    assertThat(messages).isEmpty();
  }
}
