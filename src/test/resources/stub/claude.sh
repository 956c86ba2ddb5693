#!/bin/sh
# Stands in for the CLI: answers the handshake, control requests and prompts with as little as they need.
# The variable STUB holds shell code of the test, which redefines the on_... functions.

line() {
  printf '%s\n' "$1"
}

# frame TYPE FIELDS
frame() {
  line "{\"type\":\"$1\",$2,\"session_id\":\"stub\",\"uuid\":\"00000000-0000-4000-8000-000000000000\"}"
}

state() {
  frame system "\"subtype\":\"session_state_changed\",\"sdk_host_only\":true,\"state\":\"$1\""
}

lifecycle() {
  frame command_lifecycle "\"command_uuid\":\"$prompt\",\"state\":\"$1\""
}

started() {
  state running
  lifecycle queued
  lifecycle started
}

assistant() {
  frame assistant "\"parent_tool_use_id\":null,\"message\":{\"id\":\"msg\",\"type\":\"message\",\"role\":\"assistant\",\
\"model\":\"stub\",\"content\":[{\"type\":\"text\",\"text\":\"$1\"}],\"stop_reason\":null,\
\"usage\":{\"input_tokens\":1,\"output_tokens\":1}}"
}

# What a result has besides its text.
result_fields() {
  printf '%s' "\"subtype\":\"success\",\"is_error\":false,\"num_turns\":1,\"total_cost_usd\":0.001,\
\"usage\":{\"input_tokens\":1,\"output_tokens\":1},\"user_message_uuids\":[\"$prompt\"]"
}

result() {
  frame result "$(result_fields),\"result\":\"$1\""
}

finish() {
  result "$1"
  lifecycle completed
  state idle
}

# answer PAYLOAD
answer() {
  line "{\"type\":\"control_response\",\"response\":{\"subtype\":\"success\",\"request_id\":\"$request\",\"response\":$1}}"
}

on_start() { :; }
on_input() { :; }
on_initialize() { answer '{"settings_applied":true,"disallowed_tools_applied":true}'; }
on_control() { answer '{}'; }
on_prompt() { started; assistant hello; finish hello; }
on_end() { :; }

eval "$STUB"

on_start
while IFS= read -r input; do
  on_input
  case $input in
    *'"type":"control_request"'*)
      request=${input#*\"request_id\":\"}
      request=${request%%\"*}
      case $input in
        *'"subtype":"initialize"'*) on_initialize ;;
        *) on_control ;;
      esac
      ;;
    *'"type":"user"'*)
      prompt=${input##*\"uuid\":\"}
      prompt=${prompt%%\"*}
      on_prompt
      ;;
  esac
done
on_end
