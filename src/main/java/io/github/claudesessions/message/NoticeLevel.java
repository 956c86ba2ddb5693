package io.github.claudesessions.message;

import io.github.claudesessions.internal.Check;

/**
 * The weight of an {@link InformationalMessage}. An open set: a value that this version does not know is just another
 * value.
 *
 * @param value the value as it is on the wire
 */
public record NoticeLevel(String value) {
    /** {@code info} */
    public static final NoticeLevel INFO = new NoticeLevel("info");

    /** {@code notice} */
    public static final NoticeLevel NOTICE = new NoticeLevel("notice");

    /** {@code suggestion} */
    public static final NoticeLevel SUGGESTION = new NoticeLevel("suggestion");

    /** {@code warning} */
    public static final NoticeLevel WARNING = new NoticeLevel("warning");

    /** Checks that there is a value. */
    public NoticeLevel {
        Check.notNull("value", value);
    }

    /** The value as it is on the wire. */
    @Override
    public String toString() {
        return value;
    }
}
