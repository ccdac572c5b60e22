package dev.lockdown.check;

import java.util.List;

/// Something in a feature, or in a manifest that it uses, that is told before anything is started.
///
/// @param grade whether it stops a run
/// @param file as people write it
/// @param line counted from 1, or 0 where the file as a whole is meant
/// @param column counted from 1 in code points, a tab being one; 0 where the line as a whole is meant
/// @param width how many code points it is about, at least 1
/// @param source the line as it stands there, empty where there is none
/// @param problem what is wrong, in one line
/// @param advice what would have been right, a line each
public record Mistake(Grade grade, String file, int line, int column, int width, String source, String problem, List<String> advice) {
    /// What a mistake means for those who run the feature.
    public enum Grade {
        /// The input cannot be used.
        WRONG,
        /// It can be run, and what is green would prove nothing.
        PROVES_NOTHING
    }

    public Mistake {
        width = Math.max(1, width);
        advice = List.copyOf(advice);
    }

    static Mistake wholeFile(Grade grade, String file, String problem, List<String> advice) {
        return new Mistake(grade, file, 0, 0, 1, "", problem, advice);
    }
}
