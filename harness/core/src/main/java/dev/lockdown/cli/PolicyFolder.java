package dev.lockdown.cli;

import dev.lockdown.rehearsal.Proposal;
import dev.lockdown.state.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The folder of `--write`, which is there before anything is played.
record PolicyFolder(Path folder) {

    /// @return null where none was named
    /// @throws InputException if it cannot be written to
    static @Nullable PolicyFolder of(@Nullable Path folder) {
        if (folder == null) return null;
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new InputException(
                "--write %s: this is no folder and cannot be made one; name a folder for the policies".formatted(folder));
        }
        if (!Files.isWritable(folder)) throw new InputException("--write %s: you may not write there".formatted(folder));
        return new PolicyFolder(folder);
    }

    /// Write each to a file of its own.
    ///
    /// @return what to tell: files of before that are proposed no more would go on to allow what nobody needs
    List<String> write(List<Proposal> proposals) throws IOException {
        var names = proposals.stream().map(Proposal::file).collect(Collectors.toSet());
        for (var proposal : proposals) Files.writeString(folder.resolve(proposal.file()), proposal.yaml());
        var told = new ArrayList<String>();
        try (var files = Files.list(folder)) {
            var others = files.map(f -> String.valueOf(f.getFileName())).filter(f -> f.matches("(?s).*\\.ya?ml") && !names.contains(f))
                .sorted().toList();
            if (!others.isEmpty()) told.add("note: not proposed and left in %s: %s".formatted(folder, String.join(", ", others)));
        }
        told.add("%s policies written to %s".formatted(proposals.size(), folder));
        return told;
    }
}
