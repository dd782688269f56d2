package org.asbeam.pipelines;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Modifier;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.asbeam.aerospike.ClusterClients;
import org.asbeam.connectors.AerospikeIO;
import org.asbeam.embedded.EmbeddedCluster;
import org.asbeam.embedded.NewRecord;
import org.asbeam.format.AsbEncoder;
import org.asbeam.storage.Store;
import org.asbeam.transforms.BackUpSlices;
import org.asbeam.transforms.PageExamples;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Holds the page of the API to the truth: its examples run, no name of backup-go is missing, and
 * the names that it gives for them exist.
 *
 * <p>The list of names is made of the source of backup-go v0.5.1: the exported functions, values,
 * types, fields and methods of the packages that a program can import, those that an exported type
 * has from one that isn't included, and mocks left out.
 */
class ApiPageTest {
  private static final Path PAGE = Path.of("..", "docs", "api.md");
  private static final String NAMES = "/backup-go-v0.5.1-names.txt";
  private static final Pattern PACKAGE = Pattern.compile("### `(.*)`");
  private static final Pattern CODE = Pattern.compile("`([^`]+)`");

  /** One class of each room, to find the others by. */
  private static final List<Class<?>> ROOMS =
      List.of(
          AsbEncoder.class,
          ClusterClients.class,
          Store.class,
          AerospikeIO.class,
          BackUpSlices.class,
          Asbeam.class,
          EmbeddedCluster.class);

  @TempDir Path temp;

  /** A row of the table. */
  private record Row(List<String> theirs, List<String> ours, String why) {}

  private static List<Row> rows() throws IOException {
    List<Row> rows = new ArrayList<>();
    String inPackage = "";
    for (String line : Files.readAllLines(PAGE)) {
      var heading = PACKAGE.matcher(line);
      if (heading.matches()) {
        inPackage = heading.group(1);
      } else if (!inPackage.isEmpty() && line.startsWith("| `")) {
        String[] cells = line.split(" \\| ", -1);
        String prefix = inPackage + ".";
        rows.add(
            new Row(
                code(cells[0]).stream().map(name -> prefix + name).toList(),
                code(cells[1]),
                cells[2].replace("|", "").strip()));
      }
    }
    return rows;
  }

  private static List<String> code(String cell) {
    return CODE.matcher(cell).results().map(result -> result.group(1)).toList();
  }

  private static List<String> names() throws IOException {
    try (InputStream in = ApiPageTest.class.getResourceAsStream(NAMES)) {
      return new String(in.readAllBytes(), UTF_8).lines().toList();
    }
  }

  @Test
  void everyNameOfBackupGoIsInTheTableOnce() throws IOException {
    List<String> inTable = rows().stream().flatMap(row -> row.theirs().stream()).toList();
    assertThat(inTable).doesNotHaveDuplicates();
    assertThat(new TreeSet<>(inTable)).isEqualTo(new TreeSet<>(names()));
  }

  @Test
  void whatHasNoCounterpartSaysWhy() throws IOException {
    assertThat(rows())
        .allSatisfy(
            row -> assertThat(row.ours().isEmpty() && row.why().isEmpty()).as("%s", row).isFalse());
  }

  @Test
  void ourNamesExist() throws Exception {
    Map<String, Class<?>> classes = publicClasses();
    List<String> missing = new ArrayList<>();
    for (Row row : rows()) {
      for (String name : row.ours()) {
        if (!exists(name, classes)) {
          missing.add(name);
        }
      }
    }
    assertThat(missing).isEmpty();
  }

  /** Whether {@code Class}, {@code Class.Inner} or one of these with a public member exists. */
  private static boolean exists(String name, Map<String, Class<?>> classes) {
    if (classes.containsKey(name)) {
      return true;
    }
    int dot = name.lastIndexOf('.');
    Class<?> owner = dot < 0 ? null : classes.get(name.substring(0, dot));
    if (owner == null) {
      return false;
    }
    String member = name.substring(dot + 1);
    return Stream.<AnnotatedElement[]>of(owner.getMethods(), owner.getFields())
        .flatMap(Arrays::stream)
        .anyMatch(element -> member.equals(nameOf(element)));
  }

  private static String nameOf(AnnotatedElement element) {
    return ((java.lang.reflect.Member) element).getName();
  }

  /** Public classes of the house by simple name; that of an inner class has its outer one's. */
  private static Map<String, Class<?>> publicClasses() throws Exception {
    Map<String, Class<?>> classes = new TreeMap<>();
    for (Class<?> room : ROOMS) {
      for (String name : classNames(room)) {
        Class<?> found = Class.forName(name, false, ApiPageTest.class.getClassLoader());
        if (Modifier.isPublic(found.getModifiers())) {
          String simple = name.substring(name.lastIndexOf('.') + 1).replace('$', '.');
          // The same name in two rooms: the specification's parts come first in this table.
          classes.merge(simple, found, (a, b) -> a.getPackageName().endsWith(".work") ? a : b);
        }
      }
    }
    return classes;
  }

  private static List<String> classNames(Class<?> room) throws IOException, URISyntaxException {
    URI code = room.getProtectionDomain().getCodeSource().getLocation().toURI();
    Path place = Path.of(code);
    if (Files.isDirectory(place)) {
      return classNames(place);
    }
    try (FileSystem jar = FileSystems.newFileSystem(place)) {
      return classNames(jar.getPath("/"));
    }
  }

  private static List<String> classNames(Path root) throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      return files
          .map(file -> root.relativize(file).toString())
          .filter(file -> file.endsWith(".class") && file.startsWith("org"))
          .map(file -> file.substring(0, file.length() - ".class".length()))
          .map(file -> file.replace('/', '.').replace('\\', '.'))
          .toList();
    }
  }

  @Test
  void theExamplesRun() throws Exception {
    PageExamples examples = PageExamples.of(PAGE);
    assertThat(examples.blocks()).hasSizeGreaterThan(10);
    try (EmbeddedCluster cluster =
        EmbeddedCluster.builder().namespace("test").namespace("copy").start()) {
      for (long i = 0; i < 300; i++) {
        cluster.namespace("test").put(NewRecord.of("orders", i).bin("n", i));
      }
      examples.run(
          temp,
          "throws Exception",
          example ->
              example
                  .replace("db1.example.com:3000", cluster.seeds())
                  .replace("\"db1.example.com\", 3000", "\"127.0.0.1\", " + cluster.port(0))
                  .replace("/backups/", temp + "/")
                  .replace("/backups", temp.toString()));
      assertThat(cluster.namespace("copy").get(digestOfFirst(cluster))).isPresent();
    }
    // The last example removes the first one's backup.
    assertThat(temp.resolve("monday/backup.manifest.json")).doesNotExist();
    for (String kept :
        List.of("wednesday", "thursday", "friday", "mine/saturday", "one", "two", "policy")) {
      assertThat(temp.resolve(kept).resolve("backup.manifest.json")).exists();
    }
  }

  private static byte[] digestOfFirst(EmbeddedCluster cluster) {
    List<byte[]> digests = new ArrayList<>();
    cluster.namespace("test").forEach(record -> digests.add(record.digest()));
    return digests.get(0);
  }
}
