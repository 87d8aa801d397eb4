/** Refusals about records of staff and who stands in for them. A part of the error table. */
export const staffProblems = {
  ownAccess: [
    409,
    'Akses sendiri tidak dapat dicabut atau diubah. Minta koordinator lain.',
    'Nobody revokes or changes their own access. Ask another coordinator.',
  ],
  positionHeld: [
    409,
    'Jabatan ini masih dipegang orang lain. Ubah atau cabut dahulu.',
    'Somebody else still holds this position. Change or revoke them first.',
  ],
  personRevoked: [409, 'Akses orang ini sudah dicabut.', 'This person’s access has been revoked.'],
  delegateAbsent: [
    409,
    'Orang ini sendiri tidak hadir pada hari-hari itu. Pilih rekan lain.',
    'This person is absent in those days too. Choose another colleague.',
  ],
  alreadyDelegated: [
    409,
    'Pada hari-hari itu sudah ada yang mewakili. Akhiri dahulu perwakilan yang ada.',
    'Somebody already stands in on those days. End that delegation first.',
  ],
  inspectorNeeded: [
    403,
    'Hanya inspektur yang mengundang, mengubah atau mencabut inspektur dan kepala unit pengawasan.',
    'Only an inspector invites, changes or revokes inspectors and the head of the oversight unit.',
  ],
  roleUnfit: [
    422,
    'Peran, unit dan jabatan tidak cocok satu sama lain.',
    'Role, unit and position do not fit together.',
  ],
  ownDelegate: [422, 'Seseorang tidak dapat mewakili dirinya sendiri.', 'Nobody stands in for themselves.'],
} as const;
