package dev.lockdown.nightly;

import dev.lockdown.history.RunInfo;
import dev.lockdown.state.PluginVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The network plugin that a cell was run on.
///
/// @param version null where it is not known
record Plugin(String name, @Nullable PluginVersion version) {

    /// What the cell says it is, and else what was found on the cluster.
    static List<Plugin> of(RunInfo run) {
        var plugins = new ArrayList<Plugin>();
        var cell = run.cell();
        var cni = cell == null ? null : cell.settings().get(Setting.CNI.key());
        if (cell != null && cni != null)
            plugins
                .add(new Plugin(cni, Optional.ofNullable(cell.settings().get(Setting.VERSION.key())).map(PluginVersion::of).orElse(null)));
        for (var words : run.plugins()) {
            int space = words.lastIndexOf(' ');
            var found =
                space < 0 ? new Plugin(words, null) : new Plugin(words.substring(0, space), PluginVersion.of(words.substring(space + 1)));
            var known = plugins.stream().filter(p -> p.name.equals(found.name)).findFirst();
            if (known.isEmpty()) plugins.add(found);
            // A cluster knows better than its label, and a label better than nothing.
            else
                plugins.set(plugins.indexOf(known.get()),
                    new Plugin(found.name, found.version == null ? known.get().version : found.version));
        }
        return plugins;
    }
}
