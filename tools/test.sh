# `./dev test`: runs suites one after another, goes on after a failing one, prints what failed and a table, and
# ends with the line `N passed, N failed`. Sourced by ./dev.
#
# A suite is
#   - a program ROOM_test of a room of src/ (GoogleTest; ASan and UBSan), named like the room, or
#   - a script tests/NAME/run, told by PARLEY_BUILD where the debug build lies and by PARLEY_TEST_POSTGRES where
#     an empty PostgreSQL waits; it ends with a line `N passed, N failed[, N skipped]`, or
#   - tsan: the tests of http, storage and workers once more under ThreadSanitizer.

suite_seconds_max=1200
test_log=build/test-log
suite_rows=()
passed_total=0 failed_total=0

record_row() {  # record_row NAME PASSED FAILED SKIPPED SECONDS
    suite_rows+=("$(printf '%-18s %7d %7d %8d %6ds' "$1" "$2" "$3" "$4" "$5")")
    passed_total=$((passed_total + $2))
    failed_total=$((failed_total + $3))
    printf -- '-- %s: %d passed, %d failed (%ds)\n' "$1" "$2" "$3" "$5"
}

count_lines() { grep -cE "$1" "$2" || true; }

# run_program NAME COMMAND…: runs it with its output kept, counts, shows the output when something failed.
run_program() {
    local name=$1 log="$test_log/$1.log" start=$SECONDS status=0 passed failed skipped=0 last
    shift
    timeout "$suite_seconds_max" "$@" >"$log" 2>&1 </dev/null || status=$?
    last=$(grep -aE '^[0-9]+ passed, [0-9]+ failed' "$log" | tail -1 || true)
    if [ -n "$last" ]; then
        passed=$(sed -E 's/^([0-9]+) passed.*/\1/' <<<"$last")
        failed=$(sed -E 's/.* ([0-9]+) failed.*/\1/' <<<"$last")
        skipped=$(sed -nE 's/.* ([0-9]+) skipped.*/\1/p' <<<"$last")
    else  # GoogleTest, counted line by line, so that a crash halfway loses nothing
        passed=$(count_lines '^\[       OK \]' "$log")
        failed=$(count_lines '^\[  FAILED  \] .* \([0-9]+ ms\)$' "$log")
        skipped=$(count_lines '^\[  SKIPPED \] .* \([0-9]+ ms\)$' "$log")
    fi
    if [ "$status" -ne 0 ] && [ "$failed" -eq 0 ]; then
        failed=1
        echo "ended with status $status$([ "$status" -eq 124 ] && echo " (longer than $suite_seconds_max s)")" >>"$log"
    fi
    if [ "$status" -eq 0 ] && [ "$passed" -eq 0 ] && [ "$failed" -eq 0 ]; then
        failed=1
        echo "ran no test" >>"$log"
    fi
    if [ "$failed" -gt 0 ]; then
        echo "==== $name failed ===="
        grep -avE '^$|^\[( RUN      |       OK |----------)\]|gtest-death-test' "$log" | tail -n 150 || true
        echo "==== end of $name ===="
    fi
    record_row "$name" "$passed" "$failed" "${skipped:-0}" $((SECONDS - start))
}

# build_for_test PRESET TARGET…: a failing build is a failing row; what could be built is still tested.
build_for_test() {
    local preset=$1 log="$test_log/build-$1.log" start=$SECONDS
    shift
    echo "-- building $preset"
    if ! (build "$preset" "$@" -- -k 0) >"$log" 2>&1; then
        grep -aE 'error|FAILED|undefined|CMake Error|^E:' -A4 "$log" | head -80
        tail -5 "$log"
        record_row "build-$preset" 0 1 0 $((SECONDS - start))
    else
        echo "-- built $preset ($((SECONDS - start))s)"
    fi
}

rooms_with_tests() { find src -name '*_test.cpp' | cut -d/ -f2 | sort -u; }
suites_with_script() { find tests -mindepth 2 -maxdepth 2 -name run | cut -d/ -f2 | sort; }

start_postgres() {
    [ -n "${PARLEY_TEST_POSTGRES:-}" ] && return 0
    [ -x tests/postgres/start ] || return 0
    if ! PARLEY_TEST_POSTGRES=$(tests/postgres/start 2>"$test_log/postgres.log"); then
        cat "$test_log/postgres.log"
        record_row postgres 0 1 0 0
        return 0
    fi
    export PARLEY_TEST_POSTGRES
    trap 'tests/postgres/stop >/dev/null 2>&1 || true' EXIT
}

run_suite() {
    local name=$1 program
    case "$name" in
    tsan)
        build_for_test tsan http_test storage_test workers_test
        for program in http storage workers; do
            [ -x "build/tsan/${program}_test" ] || continue
            run_program "tsan-$program" env TSAN_OPTIONS="halt_on_error=1" "build/tsan/${program}_test"
        done
        ;;
    *)
        local found=0
        if [ -d "src/$name" ] && [ -x "build/debug/${name}_test" ]; then
            found=1
            run_program "$name" "build/debug/${name}_test"
        fi
        if [ -x "tests/$name/run" ]; then  # tests/http stands beside the unit tests of src/http: two rows
            run_program "$name$([ "$found" -eq 0 ] || echo -tests)" "tests/$name/run"
            found=1
        fi
        if [ "$found" -eq 0 ]; then
            echo "no suite '$name', or it was not built; ./dev test --list names them all"
            record_row "$name" 0 1 0 0
        fi
        ;;
    esac
}

run_tests() {
    local all start=$SECONDS name
    # Cheap ones first; the browser last.
    all=$({ suites_with_script | grep -x shape; rooms_with_tests; suites_with_script | grep -vxE 'shape|fuzz|browser'
        echo tsan; suites_with_script | grep -x fuzz; suites_with_script | grep -x browser; } | awk '!seen[$0]++')
    if [ "${1:-}" = --list ]; then
        echo "$all"
        return 0
    fi
    [ $# -gt 0 ] || set -- $all
    mkdir -p "$test_log"
    export PARLEY_BUILD="$PWD/build/debug"

    local targets=() needs_debug=0
    install_missing "${packages_build[@]}"
    for name in "$@"; do
        case "$name" in
        shape) ;;
        tsan) install_missing "${packages_test[@]}"; start_postgres ;;
        *) needs_debug=1 ;;
        esac
        if [ -d "src/$name" ] && [ ! -e "tests/$name/run" ]; then targets+=("${name}_test"); else targets+=(all); fi
    done
    if [ "$needs_debug" -eq 1 ]; then
        install_missing "${packages_test[@]}"
        [[ " ${targets[*]} " == *" all "* ]] && targets=(all)
        build_for_test debug "${targets[@]}"
        start_postgres
        [[ " $* " != *" browser "* ]] || install_node >"$test_log/node.log" 2>&1 || cat "$test_log/node.log"
    fi
    for name in "$@"; do
        run_suite "$name"
    done

    printf '\n%-18s %7s %7s %8s %7s\n' suite passed failed skipped time
    printf '%s\n' "${suite_rows[@]}"
    printf 'all suites in %ds\n' $((SECONDS - start))
    echo "$passed_total passed, $failed_total failed"
    [ "$failed_total" -eq 0 ]
}
