#!/usr/bin/env bash
# Tries the engine for graphics cards on this machine: the doctor, the same steps as on the CPU, speed, exact resume, and
# PyTorch if it is installed. One part that fails does not keep the others from running. --tiny leaves out what takes
# long on a driver that computes on the CPU.
cd "$(dirname "${BASH_SOURCE[0]}")" || exit 1
export PATH="$PWD/bin:$PATH" XDG_RUNTIME_DIR="${XDG_RUNTIME_DIR:-/tmp}" GAN_WORKBENCH_CACHE="${GAN_WORKBENCH_CACHE:-$PWD/cache}"
tiny=${1:-}
if ! ldconfig -p 2>/dev/null | grep -q libvulkan.so.1; then
  export LD_LIBRARY_PATH="$PWD/lib${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}"
fi
# The driver of a container is often where the loader does not look, or is not described at all.
if [ -z "${VK_DRIVER_FILES:-}" ] && ! ls /usr/share/vulkan/icd.d/*.json /etc/vulkan/icd.d/*.json >/dev/null 2>&1; then
  icd=$(ls /usr/local/nvidia/share/vulkan/icd.d/*.json 2>/dev/null | head -1)
  if [ -z "$icd" ]; then
    library=$(ldconfig -p 2>/dev/null | awk '/libGLX_nvidia.so.0/ {print $NF; exit}')
    icd="$PWD/nvidia_icd.json"
    echo "{\"file_format_version\": \"1.0.0\", \"ICD\": {\"library_path\": \"${library:-libGLX_nvidia.so.0}\", \"api_version\": \"1.3.0\"}}" > "$icd"
  fi
  export VK_DRIVER_FILES="$icd" VK_ICD_FILENAMES="$icd"
fi

part() {
  local title=$1 seconds=$2
  shift 2
  printf '\n=== %s (%s s at most)\n' "$title" "$seconds"
  SECONDS=0
  timeout --kill-after=10 "$seconds" "$@" 2>&1
  echo "--- ended with $? after $SECONDS s"
}

nvidia-smi --query-gpu=name,driver_version,memory.total --format=csv,noheader 2>/dev/null || echo 'no nvidia-smi'
echo "Vulkan driver: ${VK_DRIVER_FILES:-as installed}; loader: ${LD_LIBRARY_PATH:-as installed}"
part 'Doctor' 90 node dist/gan.cjs doctor
part 'The same steps as on the CPU' 200 node checks.mjs families $tiny
part 'Exact resume' 90 node checks.mjs resume $tiny
part 'Which engine auto takes' 90 node checks.mjs auto $tiny
if [ -z "$tiny" ]; then
  for batch in 64 128 512; do
    part "Textbook, batch $batch" 60 node dist/gan.cjs bench --engine onnx-webgpu --model dcgan-textbook --batch $batch
  done
  for batch in 64 128; do
    part "64×64, batch $batch" 60 node dist/gan.cjs bench --engine onnx-webgpu --model dcgan-64 --batch $batch
  done
  part 'The CPU, 64×64, batch 128' 60 node dist/gan.cjs bench --engine onnx --model dcgan-64 --batch 128 --threads "$(nproc)"
  part 'Where a step goes, textbook' 40 node dist/profile.cjs dcgan-textbook 128
  part 'Where a step goes, 64×64' 40 node dist/profile.cjs dcgan-64 128
else
  part 'Where a step goes' 120 node dist/profile.cjs dcgan-8 4
fi
if python3 -c 'import torch' 2>/dev/null; then
  part 'PyTorch' 120 python3 pytorch_gpu.py $tiny
else
  echo 'PyTorch is not installed here.'
fi
