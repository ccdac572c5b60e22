package dev.lockdown.manifest.yaml;

import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;

/// Writes maps, lists and texts as YAML in blocks; a text that YAML would take for something else is quoted.
public final class YamlText {
    private static final int WIDTH = 160;

    private YamlText() {}

    /// @param value of maps, lists, texts, numbers and booleans
    public static String of(Object value) {
        var settings = DumpSettings.builder().setDefaultFlowStyle(FlowStyle.BLOCK).setWidth(WIDTH).setSplitLines(false).build();
        return new Dump(settings).dumpToString(value);
    }
}
