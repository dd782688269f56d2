/**
 * The ASB text format of Aerospike backups: rows of the server's wire protocol to bytes of a backup
 * file and back.
 *
 * <p>The package knows the JDK only. A record is never an object here: {@link
 * org.asbeam.format.RecordView} looks at the bytes of one row, {@link org.asbeam.format.RowBuilder}
 * lays such a row out. {@link org.asbeam.format.AsbEncoder} writes rows as text, {@link
 * org.asbeam.format.AsbDecoder} reads text as rows.
 *
 * <pre>
 * AsbEncoder - RecordEncoder - BinEncoder - DoubleWriter, Base64Text, Escapes, Decimals
 * AsbDecoder - HeaderParser, GlobalParser, RecordParser - BinParser, ValueParser - Tokens - Source
 * </pre>
 */
package org.asbeam.format;
