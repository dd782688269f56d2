package org.asbeam.cli;

import org.asbeam.pipelines.Asbeam;
import org.asbeam.pipelines.Folders;
import org.asbeam.pipelines.options.OptionValues;
import org.asbeam.pipelines.options.Options;
import org.asbeam.pipelines.options.Specs;
import org.asbeam.pipelines.options.UsageException;
import org.asbeam.transforms.work.ErrorCode;
import org.asbeam.transforms.work.FolderCleanup.Leftovers;
import org.asbeam.transforms.work.WorkException;

/** {@code asbeam cleanup}: deletes are dry by default. */
final class CleanupCommand implements Subcommand {
  private final Terminal terminal;
  private final Asbeam asbeam;

  CleanupCommand(Terminal terminal, Asbeam asbeam) {
    this.terminal = terminal;
    this.asbeam = asbeam;
  }

  @Override
  public int run(OptionValues values) throws UsageException, WorkException {
    String directory = Specs.directory(values);
    boolean force = values.get(Options.FORCE);
    Folders folders = asbeam.withStoreAccess(Specs.access(values)).folders();
    Leftovers leftovers = force ? folders.cleanUp(directory) : folders.leftovers(directory);
    if (leftovers.inUse()) {
      throw new WorkException(
          ErrorCode.IN_USE, directory + ": " + leftovers.state(), "wait for its end");
    }
    terminal.print(directory + ": " + leftovers.state());
    leftovers.files().forEach(file -> terminal.print((force ? "removed: " : "may go: ") + file));
    Summary summary =
        new Summary("cleanup", force ? "Removed what dead runs left" : "What dead runs left")
            .count("files", "files", leftovers.files().size())
            .row("size", Quantities.size(leftovers.bytes()), "")
            .fact("bytes", Long.toString(leftovers.bytes()))
            .fact("directory", directory);
    if (!force) {
      summary.note(
          leftovers.files().isEmpty()
              ? "There is nothing to remove"
              : "Nothing was changed; to remove them: asbeam cleanup --force "
                  + ShellText.quote(directory));
    }
    summary.print(terminal, force ? "removed" : "dry");
    return 0;
  }
}
