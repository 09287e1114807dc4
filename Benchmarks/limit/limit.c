// The limit: exactly the rows of a store, put into an empty one of the same schema by a bare loop, 100 claims a commit.
//
//   limit sqlite SOURCE TARGET              two files; TARGET is made
//   limit postgres CONNINFO SOURCE TARGET   two schemas of one database; TARGET is made
//
// Prints the claims and the seconds of the loop. What it leaves out is all that a program has to do to know the rows. It
// also leaves out foreign keys, since it takes the rows table by table.
#include <libpq-fe.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { CLAIMS_PER_COMMIT = 100, MAX_TABLES = 64 };

static double now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return time.tv_sec + time.tv_nsec / 1e9;
}

static void fail(const char *what, const char *why) {
  fprintf(stderr, "limit: %s: %s\n", what, why);
  exit(70);
}

// SQLite ---------------------------------------------------------------------------------------------------------------

struct table {
  char *name;
  int columns;
  long rows;
  sqlite3_value **values;
  sqlite3_stmt *insert;
};

static void run(sqlite3 *database, const char *sql) {
  char *error = NULL;
  if (sqlite3_exec(database, sql, NULL, NULL, &error) != SQLITE_OK) fail(sql, error);
}

static sqlite3_stmt *prepare(sqlite3 *database, const char *sql) {
  sqlite3_stmt *statement;
  if (sqlite3_prepare_v2(database, sql, -1, &statement, NULL) != SQLITE_OK) fail(sql, sqlite3_errmsg(database));
  return statement;
}

static void read_rows(sqlite3 *source, struct table *table) {
  char sql[512];
  snprintf(sql, sizeof sql, "SELECT * FROM \"%s\"", table->name);
  sqlite3_stmt *select = prepare(source, sql);
  table->columns = sqlite3_column_count(select);
  long room = 0;
  while (sqlite3_step(select) == SQLITE_ROW) {
    if (table->rows == room) {
      room = room ? room * 2 : 1024;
      table->values = realloc(table->values, sizeof *table->values * room * table->columns);
    }
    for (int column = 0; column < table->columns; column++)
      table->values[table->rows * table->columns + column] = sqlite3_value_dup(sqlite3_column_value(select, column));
    table->rows++;
  }
  sqlite3_finalize(select);
}

static int limit_sqlite(const char *source_path, const char *target_path) {
  sqlite3 *source, *target;
  if (sqlite3_open_v2(source_path, &source, SQLITE_OPEN_READONLY, NULL) != SQLITE_OK) fail(source_path, "does not open");
  if (sqlite3_open(target_path, &target) != SQLITE_OK) fail(target_path, "does not open");
  run(target, "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 16000;"
              "PRAGMA cache_size = -32768; PRAGMA temp_store = MEMORY; PRAGMA foreign_keys = OFF");

  static struct table tables[MAX_TABLES];
  int count = 0;
  long claims = 0;
  sqlite3_stmt *schema = prepare(
      source, "SELECT type, name, sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite%' "
              "ORDER BY type <> 'table', type <> 'index'");
  while (sqlite3_step(schema) == SQLITE_ROW) {
    run(target, (const char *)sqlite3_column_text(schema, 2));
    if (strcmp((const char *)sqlite3_column_text(schema, 0), "table")) continue;
    struct table *table = &tables[count++];
    table->name = strdup((const char *)sqlite3_column_text(schema, 1));
    read_rows(source, table);
    if (!strcmp(table->name, "claims")) claims = table->rows;
    char sql[1024];
    int length = snprintf(sql, sizeof sql, "INSERT INTO \"%s\" VALUES (?", table->name);
    for (int column = 1; column < table->columns; column++) length += snprintf(sql + length, sizeof sql - length, ", ?");
    snprintf(sql + length, sizeof sql - length, ")");
    table->insert = prepare(target, sql);
  }

  long commits = (claims + CLAIMS_PER_COMMIT - 1) / CLAIMS_PER_COMMIT;
  double began = now();
  for (long commit = 0; commit < commits; commit++) {
    run(target, "BEGIN IMMEDIATE");
    for (int index = 0; index < count; index++) {
      struct table *table = &tables[index];
      for (long row = table->rows * commit / commits; row < table->rows * (commit + 1) / commits; row++) {
        for (int column = 0; column < table->columns; column++)
          sqlite3_bind_value(table->insert, column + 1, table->values[row * table->columns + column]);
        if (sqlite3_step(table->insert) != SQLITE_DONE) fail(table->name, sqlite3_errmsg(target));
        sqlite3_reset(table->insert);
      }
    }
    run(target, "COMMIT");
  }
  printf("%ld %.6f\n", claims, now() - began);
  return 0;
}

// PostgreSQL -----------------------------------------------------------------------------------------------------------

static PGresult *ask(PGconn *connection, const char *sql) {
  PGresult *result = PQexec(connection, sql);
  if (PQresultStatus(result) != PGRES_TUPLES_OK && PQresultStatus(result) != PGRES_COMMAND_OK)
    fail(sql, PQerrorMessage(connection));
  return result;
}

static void drain(PGconn *connection) {
  PQpipelineSync(connection);
  int synced = 0, empty = 0;
  while (!synced || empty < 1) {
    PGresult *result = PQgetResult(connection);
    if (!result) {
      if (synced) break;
      continue;
    }
    ExecStatusType status = PQresultStatus(result);
    if (status == PGRES_PIPELINE_SYNC) synced = 1;
    else if (status != PGRES_COMMAND_OK) fail("a statement", PQresultErrorMessage(result));
    PQclear(result);
    if (synced) break;
  }
}

static int limit_postgres(const char *conninfo, const char *source, const char *target) {
  PGconn *connection = PQconnectdb(conninfo);
  if (PQstatus(connection) != CONNECTION_OK) fail("the server", PQerrorMessage(connection));
  char sql[4096];
  snprintf(sql, sizeof sql, "CREATE SCHEMA %s", target);
  PQclear(ask(connection, sql));
  snprintf(sql, sizeof sql,
           "SELECT table_name FROM information_schema.tables WHERE table_schema = '%s' AND table_type = 'BASE TABLE'", source);
  PGresult *names = ask(connection, sql);
  int count = PQntuples(names);
  PGresult *rows[MAX_TABLES];
  long claims = 0;
  for (int index = 0; index < count; index++) {
    const char *name = PQgetvalue(names, index, 0);
    // Columns, defaults, checks and indexes, but no foreign keys and no triggers.
    snprintf(sql, sizeof sql, "CREATE TABLE %s.%s (LIKE %s.%s INCLUDING ALL)", target, name, source, name);
    PQclear(ask(connection, sql));
    snprintf(sql, sizeof sql, "SELECT * FROM %s.%s", source, name);
    rows[index] = PQexecParams(connection, sql, 0, NULL, NULL, NULL, NULL, 1);
    if (PQresultStatus(rows[index]) != PGRES_TUPLES_OK) fail(sql, PQerrorMessage(connection));
    if (!strcmp(name, "claims")) claims = PQntuples(rows[index]);
    int length = snprintf(sql, sizeof sql, "INSERT INTO %s.%s OVERRIDING SYSTEM VALUE VALUES ($1", target, name);
    for (int column = 1; column < PQnfields(rows[index]); column++)
      length += snprintf(sql + length, sizeof sql - length, ", $%d", column + 1);
    snprintf(sql + length, sizeof sql - length, ")");
    PQclear(PQprepare(connection, name, sql, 0, NULL));
  }
  PQenterPipelineMode(connection);
  long commits = (claims + CLAIMS_PER_COMMIT - 1) / CLAIMS_PER_COMMIT;
  double began = now();
  for (long commit = 0; commit < commits; commit++) {
    PQsendQueryParams(connection, "BEGIN", 0, NULL, NULL, NULL, NULL, 1);
    int sent = 0;
    for (int index = 0; index < count; index++) {
      PGresult *all = rows[index];
      long total = PQntuples(all);
      for (long row = total * commit / commits; row < total * (commit + 1) / commits; row++) {
        const char *values[64];
        int lengths[64], formats[64];
        for (int column = 0; column < PQnfields(all); column++) {
          values[column] = PQgetisnull(all, row, column) ? NULL : PQgetvalue(all, row, column);
          lengths[column] = PQgetlength(all, row, column);
          formats[column] = 1;
        }
        if (!PQsendQueryPrepared(connection, PQgetvalue(names, index, 0), PQnfields(all), values, lengths, formats, 1))
          fail("sending", PQerrorMessage(connection));
        // The answers of a few hundred statements fit into the socket's buffers.
        if (++sent % 400 == 0) drain(connection);
      }
    }
    PQsendQueryParams(connection, "COMMIT", 0, NULL, NULL, NULL, NULL, 1);
    drain(connection);
  }
  printf("%ld %.6f\n", claims, now() - began);
  return 0;
}

int main(int count, char **arguments) {
  if (count == 4 && !strcmp(arguments[1], "sqlite")) return limit_sqlite(arguments[2], arguments[3]);
  if (count == 5 && !strcmp(arguments[1], "postgres")) return limit_postgres(arguments[2], arguments[3], arguments[4]);
  fprintf(stderr, "usage: limit sqlite SOURCE TARGET | limit postgres CONNINFO SOURCE TARGET\n");
  return 64;
}
