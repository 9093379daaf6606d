import { Entity } from 'typeorm';
import { EpochMsColumn, JsonColumn, PrimaryInteger, PrimaryText } from '../columns';

/** A case definition as cases were opened under it; kept because running cases go on with their own version. */
@Entity('case_definition_version')
export class CaseDefinitionVersion {
  @PrimaryText(64) definition!: string;
  @PrimaryInteger() version!: number;
  @JsonColumn() body!: object;
  @EpochMsColumn() at!: number;
}
