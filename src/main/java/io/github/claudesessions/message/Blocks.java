package io.github.claudesessions.message;

import java.util.List;
import java.util.stream.Collectors;

/** What messages do with lists of blocks. */
final class Blocks {
    private Blocks() {}

    /** The text of all text blocks among {@code blocks}, with {@code separator} between them. */
    static String text(List<ContentBlock> blocks, String separator) {
        return blocks.size() == 1 && blocks.get(0) instanceof TextBlock only
                ? only.text()
                : only(TextBlock.class, blocks).stream().map(TextBlock::text).collect(Collectors.joining(separator));
    }

    /** Those of {@code blocks} that are of one type. */
    static <B extends ContentBlock> List<B> only(Class<B> type, List<ContentBlock> blocks) {
        return blocks.stream().filter(type::isInstance).map(type::cast).toList();
    }
}
