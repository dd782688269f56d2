package org.asbeam.storage.beam;

import java.util.Locale;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.asbeam.storage.Store;
import org.asbeam.storage.StoreAccess;
import org.asbeam.storage.StoreException;
import org.asbeam.storage.StoreProvider;

/**
 * Opens folders of any other file system that is registered with Beam, as a last resort: {@link
 * BeamStore} tells what such a store can't promise.
 *
 * <p>It takes no settings. Beam has one registry of file systems for the whole process, which a
 * pipeline fills when it is made, with the options of that pipeline. If nothing has filled it, this
 * does, with the default options; what a pipeline has registered is left alone.
 */
public final class BeamStoreProvider implements StoreProvider {
  /** How Beam's registry begins to say that it doesn't know a scheme. */
  private static final String UNKNOWN = "No filesystem found for scheme";

  @Override
  public boolean isLastResort() {
    return true;
  }

  @Override
  public boolean handles(String location) {
    String scheme = scheme(location);
    if (scheme.isEmpty() || scheme.equals("file")) {
      return false;
    }
    try {
      register();
      FileSystems.matchNewResource(location, true);
      return true;
    } catch (RuntimeException e) {
      // What else is wrong is told when it is opened.
      return !String.valueOf(e.getMessage()).startsWith(UNKNOWN);
    }
  }

  @Override
  public Store open(String location, StoreAccess access) throws StoreException {
    String folder = location.replaceAll("/+$", "");
    String path = folder.substring(scheme(location).length() + 1).replaceFirst("^/{1,3}", "");
    for (String part : path.split("/", -1)) {
      if (part.isEmpty() || part.equals(".") || part.equals("..")) {
        throw wrong(
            location, "has '" + part + "' between slashes: write the folder's plain path", null);
      }
    }
    if (BeamStore.hasWildcard(path)) {
      throw wrong(location, "has one of * ? [ ] { } \\, which Beam takes for a pattern", null);
    }
    try {
      register();
      FileSystems.matchNewResource(folder, true);
    } catch (RuntimeException e) {
      throw wrong(location, "can't be opened by Beam: " + BeamErrors.text(e), e);
    }
    return new BeamStore(folder);
  }

  private static void register() {
    FileSystems.registerFileSystemsOnce(PipelineOptionsFactory.create());
  }

  private static String scheme(String location) {
    int colon = location.indexOf(':');
    return colon < 0 ? "" : location.substring(0, colon).toLowerCase(Locale.ROOT);
  }

  private static StoreException wrong(String location, String what, Exception cause) {
    return new StoreException(StoreException.Kind.OTHER, location, what, cause);
  }
}
