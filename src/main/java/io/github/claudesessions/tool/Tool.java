package io.github.claudesessions.tool;

import io.github.claudesessions.internal.Check;
import io.github.claudesessions.internal.json.Json;
import io.github.claudesessions.internal.schema.Binding;
import io.github.claudesessions.internal.schema.Generator;
import io.github.claudesessions.internal.schema.MismatchException;
import io.github.claudesessions.internal.schema.Schema;
import io.github.claudesessions.internal.schema.Violation;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A tool that runs in this JVM. Immutable, and used by several sessions and calls at once.
 *
 * <p>The model's input is checked against the schema before the handler runs; what does not fit is refused with the
 * path, the rule and the value. A handler that throws or that takes longer than {@link #timeLimit()} is an error that the
 * model sees; the session goes on. Of an exception the model sees the name of the class and the message, whatever is in
 * it: for texts that are chosen for the model there is {@link ToolResult#error}.
 *
 * {@snippet file="io/github/claudesessions/functional/ToolTest.java" region="tool"}
 */
public final class Tool {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,64}");
    private static final Duration DEFAULT_LIMIT = Duration.ofMinutes(10);
    private static final int MAX_RESULT_CHARS = 500_000;

    private final String name;
    private final String description;
    private final Schema schema;
    private final Function<Map<String, Object>, Object> read;
    private final ToolHandler<Object> handler;
    private final ToolAnnotations annotations;
    private final Duration timeLimit;
    private final @Nullable Integer maxResultChars;

    private Tool(
            String name,
            String description,
            Schema schema,
            Function<Map<String, Object>, Object> read,
            ToolHandler<Object> handler,
            ToolAnnotations annotations,
            Duration timeLimit,
            @Nullable Integer maxResultChars) {
        this.name = name;
        this.description = description;
        this.schema = schema;
        this.read = read;
        this.handler = handler;
        this.annotations = annotations;
        this.timeLimit = timeLimit;
        this.maxResultChars = maxResultChars;
    }

    /**
     * A tool whose input is a record.
     *
     * @param name of letters, digits, {@code _} and {@code -}, at most 64
     * @param description what it does and when to use it: the model decides by this text
     * @throws IllegalArgumentException if no JSON Schema can be made of {@code input}
     */
    public static <I extends Record> Tool of(
            String name, String description, Class<I> input, SimpleToolHandler<? super I> handler) {
        Check.notNull("handler", handler);
        return of(name, description, input, (in, context) -> handler.handle(in));
    }

    /** As {@link #of(String, String, Class, SimpleToolHandler)}, for a handler that looks at the call too. */
    public static <I extends Record> Tool of(
            String name, String description, Class<I> input, ToolHandler<? super I> handler) {
        Check.notNull("handler", handler);
        return make(
                name,
                description,
                Schema.of(Generator.schema(Check.notNull("input", input))),
                json -> Binding.bind(json, input),
                (in, context) -> handler.handle(input.cast(in), context));
    }

    /**
     * A tool with a schema of the caller's.
     *
     * @param inputSchema of type {@code object}, within the subset that the package {@code schema} lists
     * @throws IllegalArgumentException if the schema is outside the subset
     */
    @SuppressWarnings("unchecked") // the reader hands on the map that it gets
    public static Tool of(
            String name,
            String description,
            Map<String, ?> inputSchema,
            ToolHandler<? super Map<String, Object>> handler) {
        Map<String, Object> copy =
                Collections.unmodifiableMap(Json.map(Json.tree(Check.notNull("inputSchema", inputSchema))));
        Check.that("object".equals(copy.get("type")), "inputSchema must be of type object, was %s", copy.get("type"));
        Check.notNull("handler", handler);
        return make(
                name,
                description,
                Schema.of(copy),
                Collections::unmodifiableMap,
                (in, context) -> handler.handle((Map<String, Object>) in, context));
    }

    private static Tool make(
            String name,
            String description,
            Schema schema,
            Function<Map<String, Object>, Object> read,
            ToolHandler<Object> handler) {
        Check.that(
                NAME.matcher(Check.notNull("name", name)).matches(),
                "name must be 1 to 64 of letters, digits, '_' and '-', was \"%s\"",
                name);
        Check.notBlank("description", description);
        return new Tool(name, description, schema, read, handler, ToolAnnotations.none(), DEFAULT_LIMIT, null);
    }

    /** This tool with other annotations. */
    public Tool annotations(ToolAnnotations annotations) {
        Check.notNull("annotations", annotations);
        return new Tool(name, description, schema, read, handler, annotations, timeLimit, maxResultChars);
    }

    /** This tool with a limit of its own on how long a call may take. Default: 10 minutes. */
    public Tool timeLimit(Duration limit) {
        Check.positive("timeLimit", limit);
        Check.that(limit.compareTo(Duration.ofDays(7)) <= 0, "timeLimit must be at most 7 days, was %s", limit);
        return new Tool(name, description, schema, read, handler, annotations, limit, maxResultChars);
    }

    /**
     * This tool with room for long answers. Without it the CLI writes an answer of more than about 25,000 tokens to a
     * file, and tells the model to read that.
     *
     * @param chars the longest answer that the model gets as it is, at most 500,000
     */
    public Tool maxResultChars(int chars) {
        Check.atLeast("maxResultChars", 1, chars);
        Check.that(chars <= MAX_RESULT_CHARS, "maxResultChars must be at most %d, was %d", MAX_RESULT_CHARS, chars);
        return new Tool(name, description, schema, read, handler, annotations, timeLimit, chars);
    }

    /** The name, without that of the server. */
    public String name() {
        return name;
    }

    /** What it does. */
    public String description() {
        return description;
    }

    /** The JSON Schema of the input. */
    public Map<String, Object> inputSchema() {
        return schema.root();
    }

    /** What it says of its behaviour. */
    public ToolAnnotations annotations() {
        return annotations;
    }

    /** How long a call may take. */
    public Duration timeLimit() {
        return timeLimit;
    }

    /** The longest answer that the model gets as it is, if it was set. */
    public OptionalInt maxResultChars() {
        return maxResultChars == null ? OptionalInt.empty() : OptionalInt.of(maxResultChars);
    }

    /** What is wrong with {@code input}: where, the rule, the value; empty if it fits. */
    public Optional<String> problem(Map<String, ?> input) {
        Optional<Violation> violation = schema.check(input);
        if (violation.isPresent()) {
            return violation.map(Violation::toString);
        }
        try {
            Check.notNull("the input", read.apply(new LinkedHashMap<>(input)));
            return Optional.empty();
        } catch (MismatchException e) {
            return Optional.of(e.violation().toString());
        }
    }

    /**
     * Runs the handler on the calling thread, without a time limit. This is what a session does, and a test may.
     *
     * @throws IllegalArgumentException if the input does not fit
     * @throws Exception what the handler throws
     */
    public ToolResult call(Map<String, ?> input, ToolContext context) throws Exception {
        Map<String, Object> copy = new LinkedHashMap<>(input);
        Optional<Violation> violation = schema.check(copy);
        if (violation.isPresent()) {
            throw new IllegalArgumentException(violation.get().toString());
        }
        ToolResult result = handler.handle(read.apply(copy), context);
        return Check.notNull("the result of the tool", result);
    }

    /** The name. */
    @Override
    public String toString() {
        return "Tool[" + name + "]";
    }
}
