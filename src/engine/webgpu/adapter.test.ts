import { expect, it } from 'vitest';
import { adapterOf } from './adapter';

it.each([
  [['/usr/lib/libvulkan.so.1', '/usr/lib/libGLX_nvidia.so.0'], true, 'NVIDIA', false],
  [['/usr/lib/libvulkan_lvp.so', '/usr/lib/libvulkan_radeon.so'], true, 'AMD', false],
  [['/usr/lib/libvulkan_lvp.so', '/usr/lib/libvulkan_radeon.so'], false, 'lavapipe', true],
  [['/usr/lib/chromium/libvk_swiftshader.so'], true, 'SwiftShader', true],
  [['C:\\Windows\\System32\\d3d10warp.dll'], true, 'WARP', true],
  [['C:\\Windows\\System32\\d3d10warp.dll', 'C:\\drivers\\nvwgf2umx.dll'], true, 'NVIDIA', false],
  [['/usr/lib/libvulkan_new.so'], true, 'unknown driver', false],
  [['/usr/lib/libvulkan_new.so'], false, 'unknown driver', true],
])('of %j, with a card: %j, it is %s', (libraries, hasCard, name, isSoftware) => {
  expect(adapterOf(libraries, hasCard)).toMatchObject({ name, isSoftware });
});
