package dev.lockdown.table;

import java.util.Comparator;

/// Sorts names as people count: `web-2` before `web-10`.
final class NaturalOrder implements Comparator<String> {
    static final NaturalOrder INSTANCE = new NaturalOrder();

    private NaturalOrder() {}

    @Override
    public int compare(String one, String other) {
        int i = 0;
        int j = 0;
        while (i < one.length() && j < other.length()) {
            if (isDigit(one.charAt(i)) && isDigit(other.charAt(j))) {
                int endOfOne = endOfNumber(one, i);
                int endOfOther = endOfNumber(other, j);
                int byNumber = numbers(one, i, endOfOne, other, j, endOfOther);
                if (byNumber != 0) return byNumber;
                i = endOfOne;
                j = endOfOther;
            } else {
                int byLetter = Character.compare(one.charAt(i++), other.charAt(j++));
                if (byLetter != 0) return byLetter;
            }
        }
        int byRest = Integer.compare(one.length() - i, other.length() - j);
        return byRest != 0 ? byRest : one.compareTo(other);
    }

    /// Of any length, so that no number overflows.
    private static int numbers(String one, int from, int to, String other, int otherFrom, int otherTo) {
        int i = behindZeros(one, from, to);
        int j = behindZeros(other, otherFrom, otherTo);
        if (to - i != otherTo - j) return Integer.compare(to - i, otherTo - j);
        for (; i < to; i++, j++) if (one.charAt(i) != other.charAt(j)) return Character.compare(one.charAt(i), other.charAt(j));
        return 0;
    }

    private static int behindZeros(String text, int from, int to) {
        int at = from;
        while (at < to && text.charAt(at) == '0') at++;
        return at;
    }

    private static int endOfNumber(String text, int from) {
        int end = from;
        while (end < text.length() && isDigit(text.charAt(end))) end++;
        return end;
    }

    private static boolean isDigit(char letter) {
        return letter >= '0' && letter <= '9';
    }
}
