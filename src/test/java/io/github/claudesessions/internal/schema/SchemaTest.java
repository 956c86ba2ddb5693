package io.github.claudesessions.internal.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.claudesessions.internal.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class SchemaTest {
    private static Map<String, Object> json(String json) {
        return Json.map(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }

    private static @Nullable Object value(String json) {
        return json("{'v':" + json + "}").get("v");
    }

    private static String problem(String schema, String value) {
        return Schema.of(json(schema))
                .check(value(value))
                .map(Violation::toString)
                .orElse("fits");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'type':'integer'} | 1.0 | fits",
                "{'type':'integer'} | 1.5 | $ must be of type integer, was 1.5",
                "{'type':'integer'} | '1' | $ must be of type integer, was \"1\"",
                "{'type':'number'} | 1e999999999 | $ must be of type number, was Infinity",
                "{'type':['string','null']} | null | fits",
                "{'type':['string','null']} | 1 | $ must be of type string or null, was 1",
                "{'type':'boolean'} | 0 | $ must be of type boolean, was 0",
                "{'enum':['a',1]} | 1.0 | fits",
                "{'enum':['a',1]} | 'b' | $ must be one of [\"a\",1], was \"b\"",
                "{'const':'x'} | 'y' | $ must be \"x\", was \"y\"",
                "{'minimum':1,'maximum':3} | 4 | $ must be at most 3, was 4",
                "{'minimum':1} | 0.5 | $ must be at least 1, was 0.5",
                "{'exclusiveMinimum':1} | 1 | $ must be more than 1, was 1",
                "{'exclusiveMaximum':1} | 1 | $ must be less than 1, was 1",
                "{'multipleOf':0.1} | 0.3 | fits",
                "{'multipleOf':2} | 3 | $ must be a multiple of 2, was 3",
                "{'minLength':2} | 'a' | $ must have at least 2 characters, was \"a\"",
                "{'maxLength':1} | '😀' | fits",
                "{'pattern':'^a+$'} | 'ab' | $ must match the pattern ^a+$, was \"ab\"",
                "{'items':{'type':'string'}} | ['a',2] | $[1] must be of type string, was 2",
                "{'minItems':1} | [] | $ must have at least 1 items, was an array of 0 items",
                "{'maxItems':1} | [1,2] | $ must have at most 1 items, was an array of 2 items",
                "{'uniqueItems':true} | [1,1.0] | $ must have no item twice, was an array of 2 items",
                "{'required':['a']} | {} | $.a is required, was absent",
                "{'properties':{'a':{'type':'string'}}} | {'a':1} | $.a must be of type string, was 1",
                "{'properties':{'a':{}},'additionalProperties':false} | {'b':1} | $.b must be absent, was 1",
                "{'additionalProperties':{'type':'number'}} | {'b':'x'} | $.b must be of type number, was \"x\"",
                "{'minProperties':1} | {} | $ must have at least 1 properties, was an object of 0 properties",
                "{'anyOf':[{'type':'string'},{'type':'null'}]} | null | fits",
                "{'anyOf':[{'type':'string'}]} | 1 | $ must be of type string, was 1",
                "{'oneOf':[{'type':'number'},{'type':'integer'}]} | 1 | $ must fit only one of the alternatives, was 1",
                "{'allOf':[{'minimum':1},{'maximum':2}]} | 3 | $ must be at most 2, was 3",
                "{'not':{'type':'string'}} | 'a' | $ must not fit {\"type\":\"string\"}, was \"a\"",
                "{'$defs':{'p':{'type':'integer'}},'items':{'$ref':'#/$defs/p'}} | ['x'] | $[0] must be of type integer, was \"x\"",
                "{'$defs':{'a/b':{'type':'integer'}},'$ref':'#/$defs/a~1b'} | 'x' | $ must be of type integer, was \"x\"",
                "{'minimum':1} | 'not a number' | fits",
            })
    void aValueIsCheckedAgainstEveryKeyword(String schema, String value, String outcome) {
        assertThat(problem(schema, value)).isEqualTo(outcome);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'if':{}}",
                "{'patternProperties':{}}",
                "{'properties':{'a':{'contains':1}}}",
                "{'type':'text'}",
                "{'enum':'a'}",
                "{'pattern':'('}",
                "{'required':[1]}",
                "{'minLength':-1}",
                "{'multipleOf':0}",
                "{'minimum':'1'}",
                "{'anyOf':[]}",
                "{'items':[{}]}",
                "{'$ref':'https://example.com/schema'}",
                "{'$ref':'#/$defs/missing'}",
                "{'$defs':{'a':{'$ref':'#/$defs/b'},'b':{'$ref':'#/$defs/a'}}}",
                "{'$ref':'#'}"
            })
    void aSchemaThatCanNotBeEnforcedIsRefused(String schema) {
        assertThatThrownBy(() -> Schema.of(json(schema)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("must");
    }

    @Test
    void aRecursiveSchemaEndsWithItsValue() {
        Schema tree = Schema.of(json("{'type':'object','properties':{'next':{'$ref':'#'}},'required':['v']}"));
        assertThat(tree.check(json("{'v':1,'next':{'v':2,'next':{}}}")).map(Violation::path))
                .contains("$.next.next.v");
        Object deep = Map.of("v", 1);
        for (int i = 0; i < 100_000; i++) {
            deep = Map.of("v", 1, "next", deep);
        }
        assertThat(tree.check(deep).map(Violation::rule))
                .contains("must not be nested so deeply or need so many checks");
    }

    @Test
    void aSchemaAndAValueThatMultiplyAreGivenUp() {
        String more = "{'$ref':'#/$defs/a'},".repeat(9) + "{'$ref':'#/$defs/a'}";
        Schema bomb =
                Schema.of(json("{'$defs':{'a':{'items':{'anyOf':[" + more + "]},'minimum':1}},'$ref':'#/$defs/a'}"));
        Object value = 0;
        for (int i = 0; i < 50; i++) {
            value = List.of(value);
        }
        assertThat(bomb.check(value)).isPresent();
    }

    @Test
    void aPatternThatWouldNeverEndIsGivenUp() {
        Schema schema = Schema.of(json("{'pattern':'^(a+)+$'}"));
        assertThat(schema.check("a".repeat(50) + "!")).isPresent();
        assertThat(Schema.of(json("{'pattern':'^(a|b)*$'}")).check("ab".repeat(100_000)))
                .isPresent();
    }

    @Test
    void aLargeValueIsNotQuoted() {
        Optional<Violation> found = Schema.of(json("{'type':'integer'}")).check("x".repeat(1_000_000));
        assertThat(found.orElseThrow().toString()).hasSizeLessThan(200).contains("of 1000000 characters");
    }
}
