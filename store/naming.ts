import { DefaultNamingStrategy, type NamingStrategyInterface } from 'typeorm';

/**
 * Columns are the snake_case of their property. Properties that are fields of a national transaction are written as the
 * field is (`setl_id`), all others in camelCase (`businessDate` ↔ `business_date`).
 */
export class SnakeNaming extends DefaultNamingStrategy implements NamingStrategyInterface {
  override columnName(propertyName: string, customName: string | undefined): string {
    return customName ?? propertyName.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  }
}
